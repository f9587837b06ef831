"""Addresses for those who follow an invitation; open to anybody who holds the link."""

from django.urls import path

from onroll.pages.people import join

app_name = "join"
urlpatterns = [path("<str:token>/", join.show, name="show")]

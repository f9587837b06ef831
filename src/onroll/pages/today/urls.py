"""Addresses of Today."""

from django.urls import path

from onroll.pages.today import views

app_name = "today"
urlpatterns = [path("", views.show, name="show")]

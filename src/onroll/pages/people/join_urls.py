"""Addresses for those who follow an invitation; open to anybody who holds the link."""

from django.urls import URLPattern

app_name = "join"
urlpatterns: list[URLPattern] = []

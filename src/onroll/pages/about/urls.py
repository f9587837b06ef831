"""Addresses of the about room."""

from django.urls import URLPattern

app_name = "about"
urlpatterns: list[URLPattern] = []

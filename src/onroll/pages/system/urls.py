"""Addresses of the system room."""

from django.urls import URLPattern

app_name = "system"
urlpatterns: list[URLPattern] = []

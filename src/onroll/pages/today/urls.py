"""Addresses of the today room."""

from django.urls import URLPattern

app_name = "today"
urlpatterns: list[URLPattern] = []

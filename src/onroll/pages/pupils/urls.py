"""Addresses of the pupils room."""

from django.urls import URLPattern

app_name = "pupils"
urlpatterns: list[URLPattern] = []

"""Addresses of the roll room."""

from django.urls import URLPattern

app_name = "roll"
urlpatterns: list[URLPattern] = []

"""Addresses of the front door."""

from django.urls import path

from onroll.pages.home import views

app_name = "home"
urlpatterns = [
    path("", views.start, name="start"),
    path("s/<int:urn>/", views.school, name="school"),
]

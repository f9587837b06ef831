"""Addresses of the system room."""

from django.urls import path

from onroll.pages.system import views

app_name = "system"
urlpatterns = [
    path("", views.health, name="health"),
    path("alive/", views.alive, name="alive"),
]

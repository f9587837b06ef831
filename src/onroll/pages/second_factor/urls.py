"""Addresses of the second step."""

from django.urls import path

from onroll.pages.second_factor import views

app_name = "second_factor"
urlpatterns = [
    path("", views.choose, name="choose"),
    path("go-on/", views.go_on, name="go_on"),
]

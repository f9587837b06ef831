"""Addresses of pupils: by number, never by name."""

from django.urls import path

from onroll.pages.pupils import views

app_name = "pupils"
urlpatterns = [
    path("", views.search, name="search"),
    path("<int:pupil_id>/", views.show, name="show"),
    path("<int:pupil_id>/sessions/", views.sessions, name="sessions"),
    path("<int:pupil_id>/sessions/file/", views.file, name="file"),
]

"""Addresses of Watch."""

from django.urls import path

from onroll.pages.watch import views

app_name = "watch"
urlpatterns = [
    path("", views.show, name="show"),
    path("file/", views.file, name="file"),
    path("off/", views.quiet, name="quiet"),
    path("off/<int:pupil_id>/", views.not_a_case, name="not-a-case"),
    path("off/<int:pupil_id>/back/", views.back_on, name="back-on"),
]

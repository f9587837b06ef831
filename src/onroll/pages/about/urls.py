"""Addresses of the pages that anybody may read."""

from django.urls import path

from onroll.pages.about import views

app_name = "about"
urlpatterns = [
    path("help/", views.help_page, name="help"),
    path("how-we-use-data/", views.privacy, name="privacy"),
    path("accessibility/", views.accessibility, name="accessibility"),
]

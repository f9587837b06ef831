"""Addresses of cover."""

from django.urls import path

from onroll.pages.cover import views

app_name = "cover"
urlpatterns = [
    path("", views.show, name="show"),
    path("away/", views.away, name="away"),
    path("away/<int:away_id>/back/", views.back, name="back"),
    path("<int:person_id>/", views.hand, name="hand"),
]

"""Addresses of the living policy."""

from django.urls import path

from onroll.pages.policy import views

app_name = "policy"
urlpatterns = [
    path("", views.show, name="show"),
    path("layer/<slug:pack>/", views.layer, name="layer"),
    path("read/", views.read, name="read"),
    path("behind/<slug:pack>/<slug:duty>/<slug:status>/", views.behind, name="behind"),
]

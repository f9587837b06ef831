"""Addresses of the public policy. They stay as they are: schools link to them."""

from django.urls import path

from onroll.pages.public import views

app_name = "public"
urlpatterns = [
    path("", views.show, name="show"),
    path("<str:version>/", views.version, name="version"),
    path("<str:version>/policy.pdf", views.pdf, name="pdf"),
]

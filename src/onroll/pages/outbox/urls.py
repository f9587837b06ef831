"""Addresses of the outbox."""

from django.urls import path

from onroll.pages.outbox import views

app_name = "outbox"
urlpatterns = [
    path("", views.show, name="list"),
    path("<int:message_id>/again/", views.again, name="again"),
]

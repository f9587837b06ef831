"""Addresses of Today."""

from django.urls import path

from onroll.pages.today import letters, putting_off, views

app_name = "today"
urlpatterns = [
    path("", views.show, name="show"),
    path("off/", putting_off.listed, name="put_off"),
    path("off/<int:finding_id>/", putting_off.put, name="put_off_one"),
    path("off/<int:snooze_id>/back/", putting_off.back, name="take_up"),
    path("letters/", letters.choose, name="digest"),
]

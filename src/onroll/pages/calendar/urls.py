"""Addresses of the calendar room."""

from django.urls import path

from onroll.pages.calendar import bringing, entries, views

app_name = "calendar"
urlpatterns = [
    path("", views.show, name="show"),
    path("file/", views.file, name="file"),
    path("add/", entries.add, name="add"),
    path("<int:entry_id>/", entries.change, name="change"),
    path("<int:entry_id>/withdraw/", entries.withdraw, name="withdraw"),
    path("<int:entry_id>/restore/", entries.restore, name="restore"),
    path("bring-in/", bringing.bring_in, name="bring-in"),
    path("bring-in/approve/", bringing.approve, name="approve"),
    path("moved/<int:recount_id>/", views.moved, name="moved"),
]

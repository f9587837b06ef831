"""Addresses of cases: by number, never by name."""

from django.urls import path

from onroll.pages.cases import listing, moves, opening, views

app_name = "cases"
urlpatterns = [
    path("", listing.show, name="list"),
    path("file/", listing.file, name="file"),
    path("open/", opening.find, name="find"),
    path("open/<int:pupil_id>/", opening.open_one, name="open"),
    path("<int:case_id>/", views.show, name="show"),
    path("<int:case_id>/duties/", views.duties, name="duties"),
    path("<int:case_id>/history/", views.history, name="history"),
    path("<int:case_id>/move/<str:move>/", moves.move, name="move"),
    path("<int:case_id>/need/", moves.need, name="need"),
]

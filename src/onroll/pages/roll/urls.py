"""Addresses of the roll room."""

from django.urls import path

from onroll.pages.roll import bringing, missing, moves, shown

app_name = "roll"
urlpatterns = [
    path("", bringing.upload, name="upload"),
    path("missing/", missing.show, name="missing"),
    path("missing/<int:missing_id>/here/", missing.still_here, name="still-here"),
    path("missing/<int:missing_id>/left/", missing.left, name="left"),
    path("missing/<int:missing_id>/back/", missing.back, name="back"),
    path("moved/<int:recount_id>/", missing.moved, name="moved"),
    path("<int:import_id>/", shown.show, name="show"),
    path("<int:import_id>/columns/", bringing.columns, name="columns"),
    path("<int:import_id>/columns/again/", moves.change_columns, name="change-columns"),
    path("<int:import_id>/pupils/<slug:state>/", shown.pupils, name="pupils"),
    path("<int:import_id>/missing/", shown.would_miss, name="would-miss"),
    path("<int:import_id>/questions/", moves.ask, name="questions"),
    path("<int:import_id>/lines/<slug:kind>/", shown.problems, name="problems"),
    path("<int:import_id>/problems/file/", shown.problems_file, name="problems-file"),
    path("<int:import_id>/changes/", shown.changes, name="changes"),
    path("<int:import_id>/approve/", moves.approve, name="approve"),
    path("<int:import_id>/cancel/", moves.cancel, name="cancel"),
    path("<int:import_id>/read-again/", moves.read_again, name="read-again"),
    path("<int:import_id>/start-again/", moves.start_again, name="start-again"),
]

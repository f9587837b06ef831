"""Addresses of the registers room."""

from django.urls import path

from onroll.pages.registers import bringing, changes, codes, moves, queries, shown

app_name = "registers"
urlpatterns = [
    path("", shown.imports, name="list"),
    path("bring-in/", bringing.bring_in, name="bring-in"),
    path("changes/", changes.show, name="changes"),
    path("queries/", queries.show, name="queries"),
    *(path(f"queries/{which}/", queries.rows, {"which": which}, name=which) for which in queries.KINDS),
    *(
        path(f"queries/{which}/file/", queries.file, {"which": which}, name=f"{which}-file")
        for which in queries.KINDS
    ),
    path("<int:import_id>/", shown.show, name="show"),
    path("<int:import_id>/columns/", bringing.columns, name="columns"),
    path("<int:import_id>/columns/again/", moves.change_columns, name="change-columns"),
    path("<int:import_id>/codes/", codes.show, name="codes"),
    path("<int:import_id>/marks/<slug:outcome>/", shown.marks, name="marks"),
    path("<int:import_id>/lines/<slug:kind>/", shown.problems, name="problems"),
    path("<int:import_id>/rejected/file/", shown.rejected_file, name="rejected-file"),
    path("<int:import_id>/approve/", moves.approve, name="approve"),
    path("<int:import_id>/cancel/", moves.cancel, name="cancel"),
    path("<int:import_id>/read-again/", moves.read_again, name="read-again"),
    path("<int:import_id>/start-again/", moves.start_again, name="start-again"),
    path("<int:import_id>/undo/", moves.undo, name="undo"),
]

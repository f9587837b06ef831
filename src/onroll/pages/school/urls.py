"""Addresses of the settings room."""

from django.urls import path

from onroll.pages.school import groups, looks, views

app_name = "school"
urlpatterns = [
    path("", views.show, name="show"),
    path("name/", views.name, name="name"),
    path("counting/", views.counting, name="counting"),
    path("moved/<int:recount_id>/", views.moved, name="moved"),
    path("groups/", groups.show, name="groups"),
    path("year-groups/add/", groups.new_year_group, name="new-year-group"),
    path("year-groups/<int:group_id>/", groups.year_group, name="year-group"),
    path("year-groups/<int:group_id>/move/", groups.move, name="move-year-group"),
    path("tutor-groups/<int:group_id>/", groups.tutor_group, name="tutor-group"),
    path("looks/", looks.looks, name="looks"),
    path("looks/find/", looks.find, name="find-looks"),
    path("looks/file/", looks.looks_file, name="looks-file"),
    path("changes/", looks.changes, name="changes"),
    path("changes/file/", looks.changes_file, name="changes-file"),
    path("codes/", groups.codes, name="codes"),
    path("codes/<int:code_id>/remove/", groups.remove, name="remove-code"),
]

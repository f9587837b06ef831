"""Addresses of the people round a case: by number, never by name."""

from django.urls import path

from onroll.pages.circle import family, professionals, siblings, team, views

app_name = "circle"
urlpatterns = [
    path("", views.show, name="show"),
    path("team/", team.add, name="add-member"),
    path("team/<int:member_id>/deputy/", team.deputy, name="deputy"),
    path("team/<int:member_id>/end/", team.end, name="end-member"),
    path("family/", family.add, name="add-relative"),
    path("family/from-roll/", family.from_roll, name="from-roll"),
    path("family/<int:relative_id>/", family.change, name="relative"),
    path("family/<int:relative_id>/out/", family.out, name="relative-out"),
    path("professionals/", professionals.add, name="add-professional"),
    path("professionals/<int:professional_id>/", professionals.change, name="professional"),
    path("professionals/<int:professional_id>/out/", professionals.out, name="professional-out"),
    path("siblings/", siblings.show, name="siblings"),
    path("siblings/<int:other_id>/confirm/", siblings.confirm, name="confirm-sibling"),
    path("siblings/<int:bond_id>/out/", siblings.out, name="sibling-out"),
]

"""Addresses of the packs room."""

from django.urls import path

from onroll.pages.packs import bringing, choosing, views

app_name = "packs"
urlpatterns = [
    path("", views.show, name="show"),
    path("words/", views.words, name="words"),
    path("profile/", views.profile, name="profile"),
    path("policies/", choosing.choose, {"kind": "policy"}, name="choose-policy"),
    path("authorities/", choosing.choose, {"kind": "authority"}, name="choose-authority"),
    path("look/", choosing.look, name="look"),
    path("bring-in/", bringing.bring_in, name="bring-in"),
    path("bring-in/look/", bringing.look, name="look-brought"),
    path("end/<slug:slug>/", choosing.end, name="end"),
    path("withdraw/<int:row_id>/", choosing.withdraw, name="withdraw"),
]

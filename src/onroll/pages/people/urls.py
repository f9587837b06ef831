"""Addresses of the people room."""

from django.urls import path

from onroll.pages.people import invitations, views

app_name = "people"
urlpatterns = [
    path("", views.people, name="list"),
    path("ended/", views.ended, name="ended"),
    path("invited/", invitations.invited, name="invited"),
    path("invite/", invitations.invite, name="invite"),
    path("invited/<int:invitation_id>/again/", invitations.again, name="resend"),
    path("invited/<int:invitation_id>/withdraw/", invitations.take_back, name="withdraw"),
    path("<int:person_id>/", views.show, name="show"),
    path("<int:person_id>/roles/", views.roles, name="roles"),
    path("<int:person_id>/end/", views.end, name="end"),
    path("<int:person_id>/give-back/", views.back, name="give_back"),
    path("<int:person_id>/second-step/", views.second_step, name="second_step"),
]

"""Addresses of leaving the roll."""

from django.urls import path

from onroll.pages.leaving import views

app_name = "leaving"
urlpatterns = [
    path("", views.show, name="show"),
    path("propose/", views.propose, name="propose"),
    path("<int:proposal_id>/decide/", views.decide, name="decide"),
    path("<int:proposal_id>/withdraw/", views.withdraw, name="withdraw"),
    path("<int:proposal_id>/leave/", views.leave, name="leave"),
]

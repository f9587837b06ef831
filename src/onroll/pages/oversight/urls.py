"""Addresses of Oversight."""

from django.urls import path

from onroll.pages.oversight import lists, monitor, views

app_name = "oversight"
urlpatterns = [
    path("", views.show, name="show"),
    path("duties/", lists.duties, name="duties"),
    path("cases/", lists.cases, name="cases"),
    path("month/", monitor.show, name="monitor"),
    path("month/<int:monitoring_id>/withdraw/", monitor.withdraw, name="withdraw_month"),
]

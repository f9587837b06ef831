"""Addresses of a case's timeline."""

from django.urls import path

from onroll.pages.timeline import entries, printing, views, writing

app_name = "timeline"
urlpatterns = [
    path("", views.show, name="show"),
    path("contact/", writing.contact, name="contact"),
    path("decision/", writing.decision, name="decision"),
    path("note/", writing.note, name="note"),
    path("document/", writing.document, name="document"),
    path("print/", printing.show, name="print"),
    path("document/<int:entry_id>/download/", entries.download, name="download"),
    path("<slug:kind>/<int:entry_id>/", entries.show, name="entry"),
    path("<slug:kind>/<int:entry_id>/correct/", entries.correct, name="correct"),
    path("<slug:kind>/<int:entry_id>/withdraw/", entries.withdraw, name="withdraw"),
]

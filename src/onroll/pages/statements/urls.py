"""The addresses of who is responsible, under a case."""

from django.urls import path

from onroll.pages.statements import changing, family, papers, receiving, taking_back, views

app_name = "statements"
urlpatterns = [
    path("", views.show, name="show"),
    path("change/", changing.change, name="change"),
    path("issue/", changing.issue, name="issue"),
    path("understanding/", receiving.understanding, name="understanding"),
    path("<int:statement_id>/", papers.kept, name="kept"),
    path("<int:statement_id>/read/", receiving.read, name="read"),
    path("<int:statement_id>/explained/", receiving.explained, name="explained"),
    path("<int:statement_id>/answer/", receiving.acknowledge, name="acknowledge"),
    path("<int:statement_id>/link/", family.link, name="link"),
    path("<int:statement_id>/paper/<str:audience>/", papers.paper, name="paper"),
    path("<int:statement_id>/withdraw/", taking_back.statement, name="withdraw"),
    path("link/<int:link_id>/end/", family.end, name="end-link"),
    path("receipt/<int:receipt_id>/withdraw/", taking_back.receipt, name="withdraw-receipt"),
    path("arrangement/<int:arrangement_id>/withdraw/", taking_back.arrangement, name="withdraw-arrangement"),
]

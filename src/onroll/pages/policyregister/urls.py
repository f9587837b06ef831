"""Addresses of the policy register."""

from django.urls import path

from onroll.pages.policyregister import checks, health, staff, versions, views

app_name = "policyregister"
urlpatterns = [
    path("", views.show, name="show"),
    path("begin/", versions.begin, name="begin"),
    path("earlier/", versions.earlier, name="earlier"),
    path("versions/<int:version_id>/", versions.version, name="version"),
    path("versions/<int:version_id>/withdraw/", versions.withdraw, name="withdraw"),
    path("versions/<int:version_id>/readers/", staff.readers, name="readers"),
    path("versions/<int:version_id>/<slug:step>/", versions.step, name="step"),
    path(
        "versions/<int:version_id>/steps/<int:step_id>/withdraw/",
        versions.withdraw_step,
        name="withdraw-step",
    ),
    path("officer/", checks.officer, name="officer"),
    path("briefing/", staff.briefing, name="briefing"),
    path("briefing/<int:briefing_id>/withdraw/", staff.withdraw_briefing, name="withdraw-briefing"),
    path("guidance/", checks.guidance, name="guidance"),
    path("linked/", checks.linked, name="linked"),
    path("health/", health.show, name="health"),
    path("health/<slug:topic>/", health.answer, name="answer"),
]

"""Every address of the house. A school's pages carry its URN; no address carries a name."""

from django.urls import include, path

urlpatterns = [
    path("", include("onroll.pages.home.urls")),
    path("account/", include("onroll.config.account_urls")),
    path("join/", include("onroll.pages.people.join_urls")),
    path("about/", include("onroll.pages.about.urls")),
    path("system/", include("onroll.pages.system.urls")),
    path("statement/", include("onroll.pages.statements.public_urls")),
    path("s/<int:urn>/cases/<int:case_id>/responsible/", include("onroll.pages.statements.urls")),
    path("s/<int:urn>/today/", include("onroll.pages.today.urls")),
    path("s/<int:urn>/oversight/", include("onroll.pages.oversight.urls")),
    path("s/<int:urn>/outbox/", include("onroll.pages.outbox.urls")),
    path("s/<int:urn>/watch/", include("onroll.pages.watch.urls")),
    path("s/<int:urn>/pupils/<int:pupil_id>/loss/", include("onroll.pages.loss.urls")),
    path("s/<int:urn>/pupils/", include("onroll.pages.pupils.urls")),
    path("s/<int:urn>/cases/<int:case_id>/people/", include("onroll.pages.circle.urls")),
    path("s/<int:urn>/cases/<int:case_id>/roll/", include("onroll.pages.leaving.urls")),
    path("s/<int:urn>/cover/", include("onroll.pages.cover.urls")),
    path("s/<int:urn>/cases/", include("onroll.pages.cases.urls")),
    path("s/<int:urn>/cases/<int:case_id>/timeline/", include("onroll.pages.timeline.urls")),
    path("policy/<int:urn>/", include("onroll.pages.public.urls")),
    path("s/<int:urn>/policy/", include("onroll.pages.policy.urls")),
    path("s/<int:urn>/policy/register/", include("onroll.pages.policyregister.urls")),
    path("s/<int:urn>/registers/", include("onroll.pages.registers.urls")),
    path("s/<int:urn>/roll/", include("onroll.pages.roll.urls")),
    path("s/<int:urn>/calendar/", include("onroll.pages.calendar.urls")),
    path("s/<int:urn>/settings/packs/", include("onroll.pages.packs.urls")),
    path("s/<int:urn>/settings/", include("onroll.pages.school.urls")),
    path("s/<int:urn>/people/", include("onroll.pages.people.urls")),
]
handler404 = "onroll.pages.home.views.missing"
handler500 = "onroll.pages.home.views.broken"

"""The timeline's pages, asked for as each role would."""

import re
from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from onroll.domain.casework.states import State
from onroll.domain.casework.tiers import Tier
from onroll.domain.permissions import Role
from onroll.domain.vocabulary import Refusal, Refused
from onroll.pages.timeline import writing
from onroll.records import uploads
from onroll.records.base import pen
from onroll.records.cases.models import ContactMade, Decision, Document, FamilyMember, Note, Professional
from onroll.records.ledger.models import Look
from onroll.records.pupils.models import Contact
from tests.support import browser_forms
from tests.support.cast import NOW, a_case, a_person, a_pupil, a_school, actor
from tests.support.entries import PDF, a_scanner, a_word_file
from tests.support.timelines import a_full_case

pytestmark = pytest.mark.django_db
KEY = "a" * 32


@pytest.fixture(autouse=True)
def _house(settings, tmp_path):
    settings.ONROLL_SECOND_FACTOR = False
    settings.UPLOAD_DIR, settings.INCOMING_DIR = tmp_path / "uploads", tmp_path / "incoming"


@pytest.fixture
def school():
    return a_school()


@pytest.fixture
def case(school):
    return a_case(a_pupil(school, "Quillon", "Zanderby"))


@pytest.fixture
def leader(school):
    return a_person(school, Role.PROGRESS_LEADER, name="Carys Webb")


def at(case, part=""):
    return f"/s/{case.school.urn}/cases/{case.pk}/timeline/{part}"


def signed_in(user):
    client = Client()
    client.force_login(user, backend="allauth.account.auth_backends.AuthenticationBackend")
    return client


def text_of(answer):
    return answer.content.decode()


def as_sent(page, **more):
    return browser_forms.as_sent(text_of(page), **more)


def a_day(name, on):
    return {f"{name}_day": on.day, f"{name}_month": on.month, f"{name}_year": on.year}


# ---------------------------------------------------------------- the quick log


def test_a_call_is_recorded_by_typing_what_was_said(case, leader):
    client = signed_in(leader)
    sent = as_sent(client.get(at(case, "contact/")), said="Sleeping better.")
    answer = client.post(at(case, "contact/"), sent, follow=True)
    row = ContactMade.objects.get()
    assert (row.method, row.with_parent, row.two_way, row.made_by_id) == ("phone", True, True, leader.pk)
    assert (row.happened_on, row.tier) == (timezone.localdate(), "education")
    assert "Contact recorded." in text_of(answer)
    assert "Phone call with a parent or carer: spoke" in text_of(answer)


@pytest.mark.parametrize("with_family", [True, False], ids=["family kept", "only the roll's contacts"])
def test_the_parent_who_is_rung_first_is_chosen(case, leader, with_family):
    with pen():
        kept = {"pupil": case.pupil, "school": case.school, "name": "Ann Zanderby", "relationship": "mother"}
        if with_family:
            FamilyMember.objects.create(
                **{**kept, "name": "Bad Contact"}, parental_responsibility=True, do_not_contact=True,
                happened_on=NOW.date(), recorded_at=NOW,
            )  # fmt: skip
            FamilyMember.objects.create(
                **kept, parental_responsibility=True, priority=2, happened_on=NOW.date(), recorded_at=NOW
            )
        else:
            Contact.objects.create(**kept, parental_responsibility=True)
    client = signed_in(leader)
    page = client.get(at(case, "contact/?with=parent"))
    assert "Ann Zanderby (mother, parental responsibility)</option>" in text_of(page)
    client.post(at(case, "contact/"), as_sent(page, said="All well."))
    row = ContactMade.objects.get()
    assert row.with_parent is True
    assert "Phone call with Ann Zanderby" in text_of(client.get(at(case)))


def test_the_address_can_ask_for_the_pupil(case, leader):
    client = signed_in(leader)
    client.post(at(case, "contact/"), as_sent(client.get(at(case, "contact/?with=pupil")), said="Hello."))
    assert ContactMade.objects.get().with_pupil


def test_a_professional_and_somebody_else_can_be_named(case, leader):
    with pen():
        nurse = Professional.objects.create(
            case=case, agency="Hospital school", name="Jo Hart", happened_on=NOW.date(), recorded_at=NOW
        )
    client = signed_in(leader)
    page = client.get(at(case, "contact/"))
    client.post(at(case, "contact/"), as_sent(page, said="Ward round.", who=f"professional-{nurse.pk}"))
    page = client.get(at(case, "contact/"))
    nameless = client.post(at(case, "contact/"), as_sent(page, said="Hm.", who="other"))
    assert "Enter who it was with" in text_of(nameless)
    client.post(at(case, "contact/"), as_sent(page, said="Hm.", who="other", with_whom="The neighbour"))
    shown = text_of(client.get(at(case)))
    assert "Phone call with Jo Hart, Hospital school: spoke" in shown
    assert "Phone call with The neighbour: spoke" in shown


def test_a_mistake_is_told_and_nothing_typed_is_lost(case, leader):
    client = signed_in(leader)
    tomorrow = timezone.localdate() + timedelta(days=1)
    sent = as_sent(client.get(at(case, "contact/")), said="Much better.", next_step="Ring", made_at="25:70")
    page = text_of(client.post(at(case, "contact/"), {**sent, **a_day("happened_on", tomorrow)}))
    assert "This day has not come yet. Enter today or an earlier date" in page
    assert "Enter a time like 14:30" in page
    assert "Much better.</textarea>" in page
    assert 'value="Ring"' in page
    assert '<details class="govuk-details" open>' in page
    assert "<title>Error: Record a contact - Onroll</title>" in re.sub(r"\s+", " ", page)
    assert ContactMade.objects.count() == 0


def test_the_same_form_sent_twice_makes_one_entry(case, leader):
    client = signed_in(leader)
    sent = as_sent(client.get(at(case, "note/")), text="Cards came.")
    for _ in range(2):
        assert client.post(at(case, "note/"), sent).status_code == 302
    client.post(at(case, "note/"), as_sent(client.get(at(case, "note/")), text="Cards came."))
    assert Note.objects.count() == 2


def test_what_was_refused_on_the_way_is_kept_for_the_next_time(case, leader, monkeypatch):
    client = signed_in(leader)
    sent = as_sent(client.get(at(case, "note/")), text="A long and careful note.")
    with pen():
        case.state, case.closed_on = State.CLOSED.value, NOW.date()
        case.save()
    assert "This case is closed" in text_of(client.post(at(case, "note/"), sent))
    with pen():
        case.state, case.closed_on = State.SCHOOL.value, None
        case.save()

    def refuses(*_args, **_named):
        raise Refusal(Refused.CONFLICT, "Closed this very moment.")

    monkeypatch.setattr(writing, "record_note", refuses)
    assert client.post(at(case, "note/"), sent).status_code == 409
    monkeypatch.undo()
    page = client.get(at(case, "note/"))
    assert "A long and careful note.</textarea>" in text_of(page)
    assert "Nothing of it was recorded yet" in text_of(page)
    client.post(at(case, "note/"), as_sent(page))
    assert Note.objects.get().text == "A long and careful note."
    assert "careful" not in text_of(client.get(at(case, "note/")))


# ---------------------------------------------------------------- decisions, notes, documents


def test_a_decision_is_recorded_and_read_whole(case, leader):
    client = signed_in(leader)
    sent = as_sent(
        client.get(at(case, "decision/")),
        question="A tutor?",
        decided="Yes",
        reason="Ten days",
        options="Wait",
    )
    client.post(at(case, "decision/"), sent)
    page = text_of(client.get(at(case, f"decision/{Decision.objects.get().pk}/")))
    for words in ("Decision: A tutor?", "Ten days", "Wait", "Carys Webb"):
        assert words in page


def bring(client, case, content, name="letter.pdf", **more):
    page = client.get(at(case, "document/"))
    sent = as_sent(page, title="Discharge letter", file=SimpleUploadedFile(name, content), **more)
    return client.post(at(case, "document/"), sent)


def test_a_document_goes_up_and_comes_down_as_it_was(case, leader):
    client = signed_in(leader)
    assert bring(client, case, PDF, name="Zanderby, Quillon.exe").status_code == 302
    row = Document.objects.get()
    assert row.tier == "medical", "as it stands for who may read that"
    assert "not scanned for viruses" in text_of(client.get(at(case, f"document/{row.pk}/")))
    answer = client.get(at(case, f"document/{row.pk}/download/"))
    assert b"".join(answer.streaming_content) == PDF
    assert answer["Content-Disposition"] == f'attachment; filename="document-{row.pk}.pdf"'
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert answer["Content-Security-Policy"] == "sandbox; default-src 'none'"
    assert answer["Cache-Control"] == "no-store, private"
    assert Look.objects.filter(page="document", pupil_ids=f",{case.pupil_id},").count() == 1


@pytest.mark.parametrize(
    ("content", "words"),
    [
        pytest.param(b"MZ\x90\x00" * 9, "This kind of file is not taken", id="a program"),
        pytest.param(a_word_file("macroEnabled"), "The file holds macros", id="macros"),
        pytest.param(b"", "The file is empty", id="empty"),
        pytest.param(PDF + b"x" * 3_000_000 + PDF, "The file is larger than 2 MB", id="too large"),
        pytest.param(PDF.replace(b"Catalog", b"EVIL"), "The virus scanner found something", id="ill"),
    ],
)
def test_a_file_that_is_not_taken_is_told_and_the_words_stay(
    case, leader, settings, tmp_path, content, words
):
    settings.ONROLL_MAX_DOCUMENT = 2 * 1024 * 1024
    settings.ONROLL_SCAN_COMMAND = [str(a_scanner(tmp_path))]
    client = signed_in(leader)
    page = text_of(bring(client, case, content, author="The ward"))
    assert words in page
    assert 'value="Discharge letter"' in page
    assert 'value="The ward"' in page
    assert (uploads.names(), Document.objects.count()) == ([], 0)
    bring(client, case, PDF)
    assert Document.objects.get().scanned == "clean"


def test_a_form_without_a_file_asks_for_one(case, leader):
    client = signed_in(leader)
    page = client.get(at(case, "document/"))
    assert "Choose a file" in text_of(client.post(at(case, "document/"), as_sent(page, title="Letter")))


# ---------------------------------------------------------------- tiers, taking back


def test_who_may_not_read_a_tier_is_told_how_much_there_is(school, case, leader):
    bring(signed_in(leader), case, PDF)
    row = Document.objects.get()
    officer = signed_in(a_person(school, Role.ATTENDANCE_OFFICER))
    page = text_of(officer.get(at(case)))
    assert "Discharge letter" not in page
    assert "1 entry of the medical tier is not in this list." in page
    for part in ("", "download/"):
        refused = officer.get(at(case, f"document/{row.pk}/{part}"))
        assert refused.status_code == 403
        assert "Your role at Elm Grove School does not let you see medical information" in text_of(refused)
        assert signed_in(leader).get(at(case, f"document/{row.pk}/{part}")).status_code == 200
    assert 'name="tier" value="education"' in text_of(officer.get(at(case, "note/")))


def test_an_entry_is_corrected_with_the_form_filled(case, leader):
    client = signed_in(leader)
    sent = as_sent(client.get(at(case, "contact/?with=pupil")), said="Sleeping beter.", next_step="Ring on")
    client.post(at(case, "contact/"), sent)
    old = ContactMade.objects.get()
    page = client.get(at(case, f"contact/{old.pk}/correct/"))
    client.post(at(case, f"contact/{old.pk}/correct/"), as_sent(page, said="Sleeping better."))
    new = ContactMade.objects.standing().get()
    assert (new.said, new.next_step, new.with_pupil, new.replaces_id) == (
        "Sleeping better.", "Ring on", True, old.pk,
    )  # fmt: skip
    before = text_of(client.get(at(case, f"contact/{old.pk}/")))
    assert "Open the entry that stands in its place" in before
    assert "Correct it" not in before


@pytest.mark.parametrize("kind", ["decision", "note", "document"])
def test_every_kind_is_corrected_by_its_own_form(school, leader, kind):
    case = a_full_case(school, actor(leader))
    model = {"decision": Decision, "note": Note, "document": Document}[kind]
    old = model.objects.get()
    client = signed_in(leader)
    page = client.get(at(case, f"{kind}/{old.pk}/correct/"))
    answer = client.post(at(case, f"{kind}/{old.pk}/correct/"), as_sent(page))
    assert answer.status_code == 302, text_of(answer)
    new = model.objects.standing().get()
    same = [field.name for field in model._meta.concrete_fields if field.name not in _OWN]
    assert [getattr(new, name) for name in same] == [getattr(old, name) for name in same]


_OWN = {"id", "recorded_at", "replaces", "withdrawn_at", "form_key"}


def test_a_withdrawn_entry_stays_struck_through_with_its_reason(case, leader):
    client = signed_in(leader)
    client.post(at(case, "note/"), as_sent(client.get(at(case, "note/")), text="Wrong words."))
    path = at(case, f"note/{Note.objects.get().pk}/withdraw/")
    assert "Enter why this entry is withdrawn" in text_of(client.post(path, {"reason": " "}))
    client.post(path, {"reason": "Another child’s"})
    page = text_of(client.get(at(case)))
    assert "<del>Wrong words.</del>" in page
    assert re.search(r"Withdrawn by Carys Webb on \w+ .*: Another child’s", page)


def test_who_may_not_take_back_is_offered_no_button(school, case, leader):
    client = signed_in(leader)
    client.post(at(case, "note/"), as_sent(client.get(at(case, "note/")), text="Mine."))
    entry = at(case, f"note/{Note.objects.get().pk}/")
    officer = signed_in(a_person(school, Role.ATTENDANCE_OFFICER))
    assert "Withdraw it" not in text_of(officer.get(entry))
    assert "Withdraw it" in text_of(client.get(entry))
    assert officer.post(f"{entry}withdraw/", {"reason": "Not mine"}).status_code == 403


# ---------------------------------------------------------------- narrowing, the past, paper


def test_words_are_looked_for_without_standing_in_an_address(school, leader):
    case, other = (a_full_case(school, actor(leader), surname=name) for name in ("One", "Two"))
    client = signed_in(leader)
    answer = client.post(at(case), {"q": "sleeping", "kind": "contact"})
    assert answer.url == at(case, "?kind=contact&found=1")
    page = text_of(client.get(answer.url))
    assert "Phone call with" in page
    assert "Note" not in re.findall(r'timeline__title">.*?</p>', page)
    assert "“sleeping”" in page
    assert "Phone call with" in text_of(client.get(at(other, "?kind=contact&found=1"))), "not its words"


def test_days_are_narrowed_and_turned_days_are_told(school, leader):
    case = a_full_case(school, actor(leader))
    client = signed_in(leader)
    day = NOW.date().replace(day=9)
    answer = client.post(at(case), {**a_day("first", day), **a_day("last", day)})
    assert answer.url == at(case, "?from=2026-11-09&to=2026-11-09")
    page = text_of(client.get(answer.url))
    assert "Case opened" in page
    assert "Phone call" not in page
    turned = client.post(at(case), {**a_day("first", day), **a_day("last", day - timedelta(days=1))})
    assert "The last day comes after the first" in text_of(turned)


def test_the_past_is_shown_as_it_was_known(school, leader):
    case = a_full_case(school, actor(leader))
    client = signed_in(leader)
    then = text_of(client.get(at(case, "?on=2026-11-20&known=then")))
    assert "As it was known then: Friday 20 November 2026." in then
    assert "Phone call" not in then, "it was recorded three days later"
    assert "Record a contact" not in then
    now_known = text_of(client.get(at(case, "?on=2026-11-20&known=now")))
    assert "With what is known now: Friday 20 November 2026." in now_known
    assert "Phone call" in now_known
    narrowed = client.post(at(case, "?on=2026-11-20&known=now"), {"kind": "note"})
    assert narrowed.url == at(case, "?on=2026-11-20&known=now&kind=note")


def test_a_range_is_set_for_paper(school, leader):
    case = a_full_case(school, actor(leader))
    client = signed_in(leader)
    asks = text_of(client.get(at(case, "print/")))
    assert "Show the page" in asks
    assert not Look.objects.filter(page="timeline-print").exists()
    days = "first_day=1&first_month=11&first_year=2026&last_day=30&last_month=11&last_year=2026"
    page = text_of(client.get(at(case, f"print/?{days}&tiers=education")))
    for words in (
        "From Sunday 1 November 2026 to Monday 30 November 2026", "This paper holds the education tier",
        "Printed by Carys Webb on", "Two weeks were missed",
    ):  # fmt: skip
        assert words in page
    assert "onroll-nav" not in page
    assert page.index("First day away") < page.index("First day back")
    assert Look.objects.filter(page="timeline-print").count() == 1
    wrong = text_of(client.get(at(case, f"print/?{days}&tiers=safeguarding-reference")))
    assert "Printed by" not in wrong, "a tier that is not theirs to choose"


def test_a_closed_case_offers_nothing_to_record(school, leader):
    case = a_case(a_pupil(school), state=State.CLOSED)
    client = signed_in(leader)
    assert "Record a contact" not in text_of(client.get(at(case)))
    assert "This case is closed" in text_of(client.get(at(case, "contact/")))


# ---------------------------------------------------------------- cost


@pytest.mark.parametrize("part", ["", "?kind=contact", "contact/", "decision/", "document/", "note/"])
def test_a_page_needs_few_queries_however_much_happened(school, leader, part):
    counts, sizes = [], []
    for entries in (3, 30):
        case = a_full_case(school, actor(leader), entries=entries)
        client = signed_in(leader)
        client.get(at(case))
        with CaptureQueriesContext(connection) as queries:
            page = client.get(at(case, part))
        counts.append(len(queries))
        sizes.append(len(page.content))
    assert counts[0] == counts[1] <= 12, [query["sql"][:110] for query in queries.captured_queries]
    assert max(sizes) <= 60 * 1024


def test_an_entry_needs_few_queries(school, leader):
    case = a_full_case(school, actor(leader), entries=3)
    client = signed_in(leader)
    for part in ("", "correct/", "withdraw/"):
        with CaptureQueriesContext(connection) as queries:
            client.get(at(case, f"contact/{ContactMade.objects.first().pk}/{part}"))
        assert len(queries) <= 14, [query["sql"][:110] for query in queries.captured_queries]


def test_no_name_or_text_stands_in_a_title(school, leader):
    case = a_full_case(school, actor(leader), surname="Zanderby")
    client = signed_in(leader)
    with pen():
        Note.objects.update(tier=Tier.MEDICAL)
    pk = ContactMade.objects.get().pk
    for part in (
        "",
        "contact/",
        "print/",
        f"contact/{pk}/",
        f"contact/{pk}/correct/",
        f"contact/{pk}/withdraw/",
    ):
        title = re.search(r"<title>(.*?)</title>", text_of(client.get(at(case, part))), re.DOTALL)[1]
        assert "Zanderby" not in title
        assert "Sleeping" not in title

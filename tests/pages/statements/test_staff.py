"""The page of who is responsible, as staff work with it."""

from datetime import timedelta

import pytest
from django.core import mail
from django.urls import reverse
from django.utils import timezone

from onroll.actions.circle.family import change_relative
from onroll.domain.casework.family import RelativeGiven
from onroll.domain.casework.statement import Audience
from onroll.domain.permissions import Role
from onroll.records.base import pen
from onroll.records.cases.models import Arrangement, Receipt, Statement, StatementLink, Understanding
from onroll.records.outbox.models import Message
from tests.support.cast import a_member, a_person
from tests.support.papers import inside
from tests.support.told import a_relative, told
from tests.support.walkers import a_client

pytestmark = pytest.mark.django_db
GREATEST = 60 * 1024  # bytes of HTML


@pytest.fixture
def case():
    return told(began=timezone.localdate() - timedelta(days=14))


@pytest.fixture
def statement(case):
    return case.issue(on=timezone.localdate(), at=timezone.now())


@pytest.fixture
def amina(case):
    return a_client(case.amina)


def at(case, name, *more):
    return reverse(f"statements:{name}", args=[case.school.urn, case.case.pk, *more])


def page(client, address):
    answer = client.get(address)
    assert answer.status_code == 200
    return answer.content.decode()


def day(field, on=None):
    on = on or timezone.localdate()
    return {f"{field}_day": on.day, f"{field}_month": on.month, f"{field}_year": on.year}


def posted(client, address, **values):
    answer = client.post(address, values)
    assert answer.status_code == 302, answer.content.decode()
    return page(client, answer.url)


def test_from_saying_who_provides_to_everybody_having_had_it(case, amina):
    """Each time the page names the one next thing; at the end there is none."""
    show = at(case, "show")
    text = page(amina, show)
    assert "The statement of how it stands now has not been issued." in text
    standing = Arrangement.objects.get()
    text = posted(amina, at(case, "issue"), arrangement=standing.pk)
    number = Statement.objects.get().pk
    assert "You are on the team. Read the statement here" in text
    text = posted(amina, at(case, "read", number))
    assert "Nobody of the family has told us that they have read it." in text
    text = posted(
        amina, at(case, "acknowledge", number),
        family=case.pat.pk, how="conversation", spoke=case.amina.pk, note="Wants it in Polish.", **day("happened_on"),
    )  # fmt: skip
    assert "Wants it in Polish." in text
    assert "Nobody has said whether the pupil is to be told themselves." in text
    text = posted(amina, at(case, "understanding"), understands="yes", reason="Is 14", **day("happened_on"))
    assert "It has not been explained to the pupil." in text
    text = posted(amina, at(case, "explained", number), by=case.ada.pk, note="", **day("happened_on"))
    assert "Still to read it: Ada Moss." in text
    a_client(case.ada).post(at(case, "read", number))
    text = page(amina, show)
    assert "Everybody has had the statement." in text
    assert "Still missing" not in text


def test_who_provides_is_changed_and_the_statement_is_asked_for_anew(case, amina, statement):
    text = posted(
        amina, at(case, "change"), provider="authority", provided_by="home tuition", checks="safeguarding-lead",
        decides="authority", **day("from_on"), **day("decides_on"),
    )  # fmt: skip
    assert "The local authority provides education now (home tuition);" in text
    assert "has not been issued" in text
    assert "Earlier statements" in text
    kept = page(amina, at(case, "kept", statement.pk))
    assert "home tuition" not in kept
    assert "Your school is in charge of your lessons now." in kept


@pytest.mark.parametrize(
    ("name", "says"),
    [
        ("change", "Enter the day by which the next decision is made"),
        ("understanding", "Choose yes or no"),
        ("acknowledge", "Choose who answered"),
        ("explained", "Enter the day"),
        ("link", "Choose how the link reaches them"),
        ("withdraw", "Enter why it is taken back"),
    ],
)
def test_a_form_that_is_not_filled_says_what_to_do(case, amina, statement, name, says):
    more = () if name in {"change", "understanding"} else (statement.pk,)
    before = (Receipt.objects.count(), StatementLink.objects.count(), Understanding.objects.count())
    answer = amina.post(at(case, name, *more), {"csrfmiddlewaretoken": "sent"})
    assert answer.status_code == 200
    assert says in answer.content.decode()
    assert (Receipt.objects.count(), StatementLink.objects.count(), Understanding.objects.count()) == before


@pytest.mark.parametrize("number", ["", "x", "9" * 5000], ids=["nothing", "no number", "too many digits"])
def test_a_form_that_was_not_sent_whole_is_refused(case, amina, number):
    answer = amina.post(at(case, "issue"), {"arrangement": number})
    assert answer.status_code == 400
    assert not Statement.objects.exists()


def test_a_link_is_shown_once_and_never_stored(case, amina, statement):
    answer = amina.post(at(case, "link", statement.pk), {"family": case.pat.pk, "how": "show"})
    text = answer.content.decode()
    token = text.partition("/statement/")[2].partition("/")[0]
    assert len(token) == 43
    assert answer["Cache-Control"] == "no-store, private"
    assert token not in page(amina, at(case, "show"))
    assert "has not been opened" in page(amina, at(case, "show"))


def test_a_link_goes_by_e_mail_which_names_no_child(case, amina, statement):
    text = posted(amina, at(case, "link", statement.pk), family=case.pat.pk, how="mail")
    assert "An e-mail with the link is on its way to Pat Zanderby." in text
    message = Message.objects.get()
    assert (message.kind, message.address, message.pupil_id) == (
        "statement",
        case.pat.email,
        case.case.pupil_id,
    )
    assert "/statement/" in message.body
    said = message.subject + message.body.replace("Dear Pat Zanderby", "")
    assert not [word for word in ("Quillon", "Zanderby", "child", "health", "ill ") if word in said]
    assert mail.outbox == []


def test_an_e_mail_needs_an_address(case, amina, statement):
    uncle = a_relative(case.case, "Uncle Zed", email="")
    answer = amina.post(at(case, "link", statement.pk), {"family": uncle.pk, "how": "mail"})
    assert "No e-mail address is on record for this person." in answer.content.decode()
    assert not Message.objects.exists()


def test_whoever_must_not_be_contacted_is_not_offered_a_link(case, amina, statement):
    a_relative(case.case, "Uncle Zed", do_not_contact=True)
    text = page(amina, at(case, "link", statement.pk))
    assert "Pat Zanderby" in text
    assert "Uncle Zed" not in text
    assert "marked “do not contact”" in page(amina, at(case, "show"))


def test_a_wrong_receipt_is_taken_back_with_a_reason(case, amina, statement):
    amina.post(at(case, "read", statement.pk))
    receipt = Receipt.objects.get()
    text = posted(amina, at(case, "withdraw-receipt", receipt.pk), because="Pressed by mistake")
    assert "It has been taken back." in text
    assert "You are on the team. Read the statement here" in text


def test_what_was_taken_back_stays_to_be_read_with_its_reason(case, amina, statement):
    amina.post(at(case, "read", statement.pk))
    amina.post(at(case, "withdraw-receipt", Receipt.objects.get().pk), {"because": "Pressed by mistake"})
    amina.post(at(case, "withdraw", statement.pk), {"because": "Wrong day"})
    text = page(amina, at(case, "show"))
    assert "(taken back)" in text
    assert "The statement of how it stands now has not been issued." in text
    text = page(amina, at(case, "kept", statement.pk))
    assert "This statement was taken back." in text
    assert "Taken back: Pressed by mistake" in text


def test_whoever_is_not_on_the_team_can_say_too_that_they_have_read_it(case, amina, statement):
    """While somebody is away, whoever stands in for them reads in their place."""
    senco = a_person(case.school, Role.SENCO, name="Sal Oak")
    browser = a_client(senco)
    assert "I have read this" in page(browser, at(case, "show"))
    assert (
        "I have read this" not in posted(browser, at(case, "read", statement.pk)).partition("Who has had")[2]
    )
    assert Receipt.objects.get().user == senco


def test_the_reason_of_a_judgement_is_shown(case, amina, statement):
    text = posted(
        amina, at(case, "understanding"), understands="no", reason="Too tired", **day("happened_on")
    )
    assert "Judged not to be told themselves for now, because: Too tired" in text


@pytest.mark.parametrize(
    "name",
    ["kept", "link", "acknowledge", "explained", "withdraw", "withdraw-receipt", "withdraw-arrangement"],
)
def test_what_belongs_to_another_case_is_not_there(case, amina, statement, name):
    other = told(case.school, began=timezone.localdate() - timedelta(days=14))
    theirs = other.issue(on=timezone.localdate(), at=timezone.now())
    a_client(other.amina).post(at(other, "read", theirs.pk))
    numbers = {"withdraw-receipt": Receipt.objects.get().pk, "withdraw-arrangement": theirs.arrangement_id}
    number = numbers.get(name, theirs.pk)
    assert amina.get(at(other, name, number)).status_code == 200
    assert amina.get(at(case, name, number)).status_code == 404


def test_how_it_is_provided_is_for_those_who_may_see_medical_information(case, amina):
    """A hospital school says what the child has. Who may and who may not, side by side."""
    officer = a_client(a_person(case.school, Role.ATTENDANCE_OFFICER))
    posted(
        amina, at(case, "change"), provider="authority", provided_by="the hospital school", checks="safeguarding-lead",
        decides="authority", **day("from_on"), **day("decides_on"),
    )  # fmt: skip
    statement = case.issue(on=timezone.localdate(), at=timezone.now())
    for name, more in (("show", ()), ("issue", ()), ("kept", (statement.pk,))):
        assert "hospital school" in page(amina, at(case, name, *more)), name
        assert "hospital school" not in page(officer, at(case, name, *more)), name
    papers = {audience: at(case, "paper", statement.pk, audience.value) for audience in Audience}
    assert amina.get(papers[Audience.FAMILY]).status_code == 200
    assert officer.get(papers[Audience.FAMILY]).status_code == 403
    assert officer.get(papers[Audience.STAFF]).status_code == 200


@pytest.mark.parametrize("audience", list(Audience))
@pytest.mark.parametrize("large", ["", "?large=yes"], ids=["ordinary", "large print"])
def test_a_paper_is_tagged_and_says_nothing_of_the_child_outside_its_page(
    case, amina, statement, audience, large
):
    answer = amina.get(at(case, "paper", statement.pk, audience.value) + large)
    found = inside(answer.content)
    assert (answer["Content-Type"], answer["Cache-Control"]) == ("application/pdf", "no-store, private")
    assert (found.title, found.language, found.tagged, found.ua_part) == (
        "Who is responsible",
        "en-GB",
        True,
        "1",
    )
    assert found.headings[:2] == ("H1", "H2")
    assert "L" in found.tags or audience is Audience.PUPIL
    told = found.told + answer["Content-Disposition"]
    assert not [word for word in ("Quillon", "Zanderby") if word in told]


def test_an_answer_stays_beside_a_parent_whose_details_change(case, amina, statement):
    posted(
        amina,
        at(case, "acknowledge", statement.pk),
        family=case.pat.pk,
        how="conversation",
        spoke=case.amina.pk,
        **day("happened_on"),
    )
    before = page(amina, at(case, "show"))
    given = RelativeGiven(name="Pat Zanderby", relationship="Mother", phone="01632 960111")
    on, now = timezone.localdate(), timezone.now()
    change_relative(case.by, case.school.pk, case.case.pk, case.pat.pk, given=given, on=on, at=now)
    after = page(amina, at(case, "show"))
    assert "in a conversation" in before
    assert before.count("in a conversation") == after.count("in a conversation")


def test_a_paper_for_a_reader_that_is_none_does_not_exist(case, amina, statement):
    assert amina.get(at(case, "paper", statement.pk, "neighbour")).status_code == 404


def test_a_closed_case_shows_and_offers_nothing(case, amina, statement):
    with pen():
        case.case.state, case.case.closed_on = "closed", timezone.localdate()
        case.case.save()
    text = page(amina, at(case, "show"))
    assert "Issued on" in text
    assert not [
        words for words in ("I have read this", "Make a link", "Change who provides") if words in text
    ]


@pytest.mark.parametrize("several", [3, 30])
def test_the_page_costs_the_same_whatever_is_on_record(
    case, amina, statement, several, django_assert_max_num_queries
):
    for number in range(several):
        relative = a_relative(case.case, f"Relative {number}")
        case.link(statement, relative, at=timezone.now())
        member = a_person(case.school, Role.SENCO, name=f"Colleague {number}")
        a_member(case.case, member, Role.SENCO)
        a_client(member).post(at(case, "read", statement.pk))
    with django_assert_max_num_queries(12):
        text = page(amina, at(case, "show"))
    assert text.count("Colleague ") >= several
    assert len(text.encode()) < GREATEST

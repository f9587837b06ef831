"""The pages that anybody may read."""

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from onroll.domain.permissions import ROLES, Role
from tests.support.cast import a_person, a_school

pytestmark = pytest.mark.django_db
PAGES = {
    "/about/help/": "What the two counts mean",
    "/about/how-we-use-data/": "Names, dates of birth and attendance codes are not encrypted by Onroll",
    "/about/accessibility/": "No outside expert has audited Onroll",
}


@pytest.mark.parametrize(("address", "words"), PAGES.items())
def test_a_page_is_open_to_somebody_who_is_not_signed_in_and_asks_the_database_nothing(address, words):
    with CaptureQueriesContext(connection) as queries:
        answer = Client().get(address)
    assert answer.status_code == 200
    assert words in answer.content.decode()
    assert len(queries) == 0


@pytest.mark.parametrize("address", PAGES)
def test_a_page_keeps_the_frame_of_somebody_who_is_signed_in(address):
    client = Client()
    client.force_login(a_person(a_school(), Role.SENCO, name="Carys Webb"))
    assert "Carys Webb" in client.get(address).content.decode()


def test_every_page_links_to_all_three():
    page = Client().get("/account/login/").content.decode()
    assert [address for address in PAGES if f'href="{address}"' not in page] == []


def test_how_data_is_used_names_every_role():
    page = Client().get("/about/how-we-use-data/").content.decode()
    assert [facts.title for facts in ROLES.values() if facts.title not in page] == []

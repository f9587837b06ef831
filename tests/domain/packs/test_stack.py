"""Packs one on another: whose word is used."""

from onroll.domain.packs import read_pack
from onroll.domain.packs.stack import Stack
from onroll.domain.permissions import Role
from tests.domain.packs.test_reading import PACK

OURS = read_pack(PACK)
NATION = read_pack(
    PACK.replace('"ours"', '"land"')
    .replace('"school"\ntitle', '"nation"\ntitle')
    .replace(
        '[roles]\nclerk = "Governance professional"',
        '[roles]\nclerk = "Clerk"\nsenco = "Coordinator"\n[terms]\nrep = "Shorter week plan"',
    )
)


def test_the_first_pack_that_has_a_word_says_it():
    stack = Stack((OURS, NATION))
    assert stack.role(Role.CLERK) == "Governance professional"
    assert stack.role(Role.SENCO) == "Coordinator"
    assert stack.role(Role.HEADTEACHER) == "Headteacher"
    assert stack.term("rep") == "Shorter week plan"
    assert stack.term("mep") == "Medical Education Plan"
    assert stack.term("what nobody named") == "what nobody named"


def test_a_duty_is_asked_of_its_own_pack():
    stack = Stack((OURS, NATION))
    duty = stack.duty("land", "looked")
    assert duty is NATION.duties[0]
    assert stack.duty("land", "other") is None
    assert stack.duty("other", "looked") is None

"""What is wrong with a pack is said with file, line and key, all of it at once."""

import pytest

from onroll.domain.packs import PackProblems, Profile, Scope, read, read_pack, read_profile
from onroll.domain.packs.reading import LONGEST
from onroll.domain.permissions import Role

PACK = """kind = "policy"
slug = "ours"
layer = "school"
title = "Our policy"
version = "1"
issuer = "Elm Grove School"

[roles]
clerk = "Governance professional"

[[sections]]
id = "1"
title = "What it is for"

[[sections.paragraphs]]
id = "1.a"
words = "Somebody looks."

[[duties]]
id = "looked"
paragraph = "1.a"
title = "Somebody looks"
holder = "clerk"
evaluator = "policy-published"
scope = "school"
thresholds = { within_days = 5 }
cadence = "weekly"
"""
PROFILE = """kind = "authority"
slug = "there"
version = "1"
title = "There"
authority = "There Council"

[part_time]
most_weeks = 6
"""
ROLES = ", ".join(Role)


def problems(text: str) -> list[str]:
    with pytest.raises(PackProblems) as wrong:
        read(text, "x.toml")
    return [str(one) for one in wrong.value.problems]


def test_a_pack_that_is_in_order_is_read():
    pack = read_pack(PACK)
    duty = pack.duties[0]
    assert (duty.holder, duty.scope, duty.section, duty.number("within_days", 9)) == (
        Role.CLERK, Scope.SCHOOL, "1", 5
    )  # fmt: skip
    assert pack.holder_of(duty) == "Governance professional"


def test_a_profile_that_is_in_order_is_read():
    profile = read_profile(PROFILE)
    assert profile.part_time.most_weeks == 6
    assert profile.part_time.review_every_weeks is None  # not known
    assert not profile.example


# Each row: what is replaced, by what, and the one problem that is said.
WRONG = [
    pytest.param('holder = "clerk"', 'holder = "clark"',
        f"x.toml, line 23, duties[1].holder: “clark” is no role; these are: {ROLES}. Did you mean “clerk”?",
        id="a role that is none"),
    pytest.param('title = "Our policy"', 'title = 7',
        "x.toml, line 4, title: is a number, and has to be words in quotation marks.", id="a number for words"),
    pytest.param('title = "Our policy"', 'title = "  "', "x.toml, line 4, title: is empty.", id="no words"),
    pytest.param('issuer = "Elm Grove School"', "", "x.toml, line 1, issuer: is missing; a policy pack needs it.",
        id="a key that is missing"),
    pytest.param('cadence = "weekly"', "", "x.toml, line 19, duties[1].cadence: is missing; a duty needs it.",
        id="a key of a duty that is missing"),
    pytest.param('evaluator = "policy-published"', "",
        "x.toml, line 19, duties[1].evaluator: is missing; a duty needs it.", id="no evaluator"),
    pytest.param('version = "1"', 'version = "1"\nwebsit = "https://x.example"',
        "x.toml, line 6, websit: a policy pack has no “websit”. Did you mean “website”?", id="an unknown key"),
    pytest.param('version = "1"', 'version = "1"\nzzz = 1', "x.toml, line 6, zzz: a policy pack has no “zzz”.",
        id="an unknown key like no other"),
    pytest.param('clerk = "Gov', 'clark = "Gov',
        f"x.toml, line 9, roles.clark: “clark” is no role; these are: {ROLES}. Did you mean “clerk”?",
        id="an unknown role in the vocabulary"),
    pytest.param('evaluator = "policy-published"', 'evaluator = "policy-publishd"',
        "x.toml, line 24, duties[1].evaluator: “policy-publishd” is no evaluator; docs/reference/duties.md lists "
        "them. Did you mean “policy-published”?", id="an evaluator that is none"),
    pytest.param('scope = "school"', 'scope = "case"',
        "x.toml, line 25, duties[1].scope: is “case”, but “policy-published” is about a school.", id="another scope"),
    pytest.param("{ within_days = 5 }", "{ within_day = 5 }",
        "x.toml, line 26, duties[1].thresholds.within_day: “policy-published” does not ask for “within_day”; it asks "
        "for: within_days. Did you mean “within_days”?", id="a number that nobody asks for"),
    pytest.param("{ within_days = 5 }", "{ within_days = 2.5 }",
        "x.toml, line 26, duties[1].thresholds.within_days: is a number with a point, and has to be a whole number.",
        id="half a day"),
    pytest.param("{ within_days = 5 }", "{ within_days = -1 }",
        "x.toml, line 26, duties[1].thresholds.within_days: is -1, and has to be from 0 to 1000.", id="below none"),
    pytest.param("{ within_days = 5 }", "{ within_days = true }",
        "x.toml, line 26, duties[1].thresholds.within_days: is true or false, and has to be a whole number.",
        id="yes for a number"),
    pytest.param('paragraph = "1.a"', 'paragraph = "1.b"',
        "x.toml, line 21, duties[1].paragraph: no section has a paragraph “1.b”. Did you mean “1.a”?",
        id="a paragraph that no section holds"),
    pytest.param('version = "1"', 'version = "1"\napproved_on = "29 January"',
        "x.toml, line 6, approved_on: is words, and has to be a date without quotation marks, like 2026-01-29.",
        id="a date in words"),
    pytest.param('version = "1"', 'version = "1"\napproved_on = 2026-01-29T09:00:00',
        "x.toml, line 6, approved_on: is a date with a time, and has to be a date without quotation marks, like "
        "2026-01-29.", id="a date with a time"),
    pytest.param('version = "1"', 'version = "1"\napproved_on = 2026-01-29\nnext_due_on = 2025-01-29',
        "x.toml, line 7, next_due_on: is 2025-01-29, not after approved_on, 2026-01-29.", id="due before approved"),
    pytest.param('version = "1"', 'version = "1"\nlinked = "none"',
        "x.toml, line 6, linked: is words, and has to be tables, each under [[linked]].", id="words for tables"),
    pytest.param('version = "1"', 'version = "1"\nwebsite = "our site"',
        "x.toml, line 6, website: “our site” has to look like “https://www.example.org/policies”.", id="no address"),
    pytest.param('slug = "ours"', 'slug = "Our Policy"',
        "x.toml, line 2, slug: “Our Policy” has to look like “children-with-health-needs”.", id="no slug"),
    pytest.param('kind = "policy"', 'kind = "polity"',
        "x.toml, line 1, kind: has to be “policy” or “authority”.", id="no kind"),
    pytest.param("[roles]", "[roles", "x.toml, line 8, column 7, is not TOML: Expected ']' at the end of a table "
        "declaration.", id="not TOML"),
    pytest.param('cadence = "weekly"\n', 'cadence = "weekly', "x.toml, line 27, is not TOML: Unterminated string, at "
        "its end.", id="not TOML at its end"),
]  # fmt: skip


@pytest.mark.parametrize(("right", "wrong", "said"), WRONG)
def test_each_problem_is_said_with_file_line_and_key(right, wrong, said):
    assert PACK.count(right) >= 1
    assert problems(PACK.replace(right, wrong, 1)) == [said]


def test_all_problems_are_said_at_once_in_the_order_of_the_lines():
    text = (
        PACK.replace('"clerk"', '"clark"')
        .replace('layer = "school"', 'layer = "town"')
        .replace("= 5", '= "5"')
    )
    said = problems(text)
    assert [words.split(", ")[1] for words in said] == ["line 3", "line 23", "line 26"]


DUTY = PACK[PACK.index("[[duties]]") :]
GUIDANCE = '[[guidance]]\nkey = "act"\ntitle = "An Act"\nstanding = "law"\n'
MORE = [
    pytest.param("\n" + DUTY, "line 30, duties[2].id: “looked” is there already, as number 1 of them. Each needs one "
        "of its own.", id="a duty twice"),
    pytest.param("\n" + GUIDANCE + 'superseded_by = "Another"\n',
        "line 33, guidance[1].superseded_by: needs “superseded_on” beside it.", id="superseded without a day"),
    pytest.param("\n" + GUIDANCE + 'superseded_by = "Another"\nsuperseded_on = 2024-08-19\n',
        "line 33, guidance[1].superseded_by: needs a “source”: what is only remembered is never shown as law.",
        id="superseded without a source"),
    pytest.param('\n[[gaps]]\nkey = "g"\nparagraph = "1.a"\nsays = "It differs."\n',
        "line 29, gaps[1].source: is missing; a gap needs it.", id="a gap without a source"),
    pytest.param('\n[terms]\nmepp = "Plan"\n', "line 30, terms.mepp: “mepp” is no term", id="an unknown term"),
]  # fmt: skip


@pytest.mark.parametrize(("added", "said"), MORE)
def test_what_is_added_has_to_agree_with_the_rest(added, said):
    assert any(said in one for one in problems(PACK + added))


@pytest.mark.parametrize(("right", "wrong", "said"), [
    pytest.param("most_weeks = 6", "most_weeks = 0", "line 8, part_time.most_weeks: is 0, and has to be from 1 to 104.",
        id="no weeks"),
    pytest.param("[part_time]", "[parttime]", "line 7, parttime: an authority profile has no “parttime”. Did you mean "
        "“part_time”?", id="an unknown table"),
    pytest.param("[part_time]\nmost_weeks = 6", "part_time = 6", "line 7, part_time: is a number, and has to be a "
        "table.", id="a number for a table"),
    pytest.param("[part_time]", "[reviews]\nweekly = 1\n[part_time]", "line 8, reviews.weekly: “weekly” is no review",
        id="an unknown review"),
])  # fmt: skip
def test_a_profile_is_checked_likewise(right, wrong, said):
    assert any(said in one for one in problems(PROFILE.replace(right, wrong, 1)))


def test_a_profile_is_no_pack_and_a_pack_no_profile():
    with pytest.raises(PackProblems, match="a policy pack is wanted here"):
        read_pack(PROFILE)
    with pytest.raises(PackProblems, match="an authority profile is wanted here"):
        read_profile(PACK)
    assert isinstance(read(PROFILE, "x"), Profile)


@pytest.mark.parametrize(("text", "said"), [
    pytest.param("", "kind: has to be", id="empty"),
    pytest.param("a = " + "[" * 5000 + "]" * 5000, "too deep to read", id="lists within lists"),
    pytest.param("#" * (LONGEST + 1), "is the most", id="too long"),
    pytest.param('kind = "policy"\nkind = "policy"', "is not TOML: Cannot overwrite a value", id="a key twice"),
])  # fmt: skip
def test_nothing_that_is_brought_makes_it_stumble(text, said):
    assert said in problems(text)[0]


def test_any_text_cut_short_is_a_problem_and_never_a_crash():
    for end in range(len(PACK) - 30, 0, -7):  # beyond, only the last key is cut, and it is words
        assert problems(PACK[:end])

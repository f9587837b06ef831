"""The stylesheet filter takes out what it is told to, and nothing else."""

import re

import pytest

from tools.css import without_comments, without_rules

NOT_OURS = re.compile(r"crest|Transport")


@pytest.mark.parametrize(
    ("css", "left"),
    [
        pytest.param(".a{b:c}.crest{d:e}.f{g:h}", ".a{b:c}.f{g:h}", id="a rule goes"),
        pytest.param(".a,.crest:before{b:c}", ".a{b:c}", id="one selector of two goes"),
        pytest.param(
            ".a:not(.b,.c),.crest{d:e}", ".a:not(.b,.c){d:e}", id="a comma in brackets is no border"
        ),
        pytest.param("@media print{.crest{a:b}}.c{d:e}", ".c{d:e}", id="a query left empty goes"),
        pytest.param(
            "@supports (a:b){@media print{.crest{c:d}.e{f:g}}}",
            "@supports (a:b){@media print{.e{f:g}}}",
            id="inside two queries",
        ),
        pytest.param("@font-face{font-family:GDS Transport}.a{b:c}", ".a{b:c}", id="a font face by its body"),
        pytest.param('@charset "UTF-8";.a{b:c}', '@charset "UTF-8";.a{b:c}', id="statements stay"),
        pytest.param("@keyframes x{to{left:0}}.a{b:c}", "@keyframes x{to{left:0}}.a{b:c}", id="frames stay"),
        pytest.param('.a{content:"}.crest{"}', '.a{content:"}.crest{"}', id="text is not a rule"),
        pytest.param(".a{b:url(x;y)}.c{}", ".a{b:url(x;y)}", id="a rule that says nothing goes"),
    ],
)
def test_only_the_unwanted_rules_go(css, left):
    assert without_rules(css, NOT_OURS) == left


def test_comments_go_with_their_braces():
    assert without_comments("/*! a { b */.c{d:e}/* } */") == ".c{d:e}"

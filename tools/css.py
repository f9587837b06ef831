"""Take rules out of a stylesheet, leaving every other byte as it was."""

import re
from collections.abc import Iterator

_COMMENT = re.compile(r"/\*.*?\*/", re.DOTALL)
_TOKEN = re.compile(r"""[{};]|"[^"]*"|'[^']*'|\([^()]*\)""")
_COMMA = re.compile(r",(?![^(]*\))")
_HOLDS_RULES = ("@media", "@supports", "@layer", "@container")


def without_comments(css: str) -> str:
    """Drop every comment, the pointer to a source map among them."""
    return _COMMENT.sub("", css)


def without_rules(css: str, unwanted: re.Pattern[str]) -> str:
    """Drop each selector that `unwanted` matches, and every rule that holds nothing.

    An at-rule such as @font-face goes when its own words or its body match. Comments must be gone already.
    """
    kept = []
    for head, body in _rules(css):
        if body is None:
            kept.append(head)
        elif head.startswith(_HOLDS_RULES):
            inner = without_rules(body, unwanted)
            kept.append(f"{head}{{{inner}}}" if inner else "")
        elif head.startswith("@"):
            kept.append("" if unwanted.search(head + body) else f"{head}{{{body}}}")
        else:
            selectors = [one for one in _COMMA.split(head) if body and not unwanted.search(one)]
            kept.append(f"{','.join(selectors)}{{{body}}}" if selectors else "")
    return "".join(kept)


def _rules(css: str) -> Iterator[tuple[str, str | None]]:
    """Yield (head, body) for each rule at this level; the body is None for a statement such as @charset."""
    start, depth, opened = 0, 0, 0
    for token in _TOKEN.finditer(css):
        if token[0] == "{":
            depth += 1
            opened = token.end() if depth == 1 else opened
        elif token[0] == "}":
            depth -= 1
            if depth == 0:
                yield css[start : opened - 1].strip(), css[opened : token.start()]
                start = token.end()
        elif token[0] == ";" and depth == 0:
            yield css[start : token.end()].strip(), None
            start = token.end()

"""The public policy on paper."""

import json
from functools import lru_cache
from typing import Any

from onroll.pages.wording import medium_date
from onroll.queries.paper import render
from onroll.queries.policy.public import PublicPolicy


def printed(policy: PublicPolicy) -> bytes:
    """The PDF; made once for each state of the policy, since anybody may ask for it as often as they like."""
    return _made(json.dumps(_data(policy), sort_keys=True))


@lru_cache(maxsize=32)
def _made(data: str) -> bytes:
    return render("policy", json.loads(data))


def _data(policy: PublicPolicy) -> dict[str, Any]:
    pack = policy.pack
    return {
        "title": pack.title,
        "author": policy.school,
        "header": policy.school,
        "header_right": f"Version {policy.version}",
        "footer": pack.title,
        "heading": pack.title,
        "facts": [[key, words] for key, words in facts(policy) if words],
        "sections": [
            {"title": one.title, "paragraphs": [[part.id, part.words] for part in one.paragraphs]}
            for one in pack.sections
        ],
        "guidance": [
            ", ".join(filter(None, (one.title, one.publisher, one.published))) for one in pack.guidance
        ],
        "links": [f"{title}: {address}" if address else title for title, address in policy.links],
        "amendments": [
            [one.version, one.amendment, medium_date(one.approved_on)] for one in policy.amendments
        ],
    }


def facts(policy: PublicPolicy) -> list[tuple[str, str]]:
    """What stands on the cover."""
    found = [
        ("School", policy.school),
        ("Version", policy.version),
        ("Approved by", policy.pack.approving_authority),
        ("Approved on", medium_date(policy.approved_on)),
        ("Next review due", medium_date(policy.next_due_on)),
    ]
    officer = policy.officer
    if officer:
        found.append(("The authority’s officer", ", ".join(filter(None, (officer.post, officer.service)))))
        if officer.contact_public:
            reach = ", ".join(filter(None, (officer.name, officer.phone, officer.email)))
            found.append(("How to reach them", reach))
    return found

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
            {
                "title": " ".join(filter(None, (section.number, section.title))),
                "paragraphs": [[one.number, one.words] for one in section.paragraphs],
            }
            for section in pack.sections
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
    if policy.officer:
        post = ", ".join(filter(None, (policy.officer.post, policy.officer.service)))
        found += [("The local authority’s officer", post), ("How to reach them", policy.officer.reach)]
    return found

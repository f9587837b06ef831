"""The shape of a policy pack and of an authority profile. In words: docs/how-to/write-a-policy-pack.md."""

from typing import Final

from onroll.domain.packs.pack import Scope
from onroll.domain.packs.shapes import Day, Pairs, Table, Tables, Text, Whole, Yes
from onroll.domain.packs.words import TERMS
from onroll.domain.permissions import Role

KINDS: Final = ("policy", "authority")
LAYERS: Final = ("school", "nation")
STANDINGS: Final = ("law", "statutory", "advice", "local")
REVIEWS: Final = ("joint_weeks", "provision_weeks", "refused_weeks")
SERVICES: Final = (
    "medical-needs",
    "education-welfare",
    "attendance",
    "alternative-provision",
    "send",
    "safeguarding",
)

_SLUG = Text(
    required=True, pattern=r"[a-z0-9]+(-[a-z0-9]+)*", like="“children-with-health-needs”", longest=60
)
_KEY = Text(required=True, pattern=r"[a-z0-9]+(-[a-z0-9]+)*", like="“welfare-checks”", longest=40)
_LABEL = Text(required=True, pattern=r"[A-Za-z0-9]+(\.[A-Za-z0-9]+)*", like="“3.1.a”", longest=20)
_TITLE = Text(required=True, longest=160)
_VERSION = Text(required=True, longest=30)
_WEB = Text(pattern=r"https?://\S+", like="“https://www.example.org/policies”", longest=300)
_ROLES = tuple(role.value for role in Role)

_PARAGRAPH = Table("a paragraph", {"id": _LABEL, "words": Text(required=True)})
_SECTION = Table(
    "a section", {"id": _LABEL, "title": _TITLE, "paragraphs": Tables(_PARAGRAPH, required=True)}
)
_DUTY = Table(
    "a duty",
    {
        "id": _KEY,
        "paragraph": _LABEL,
        "title": _TITLE,
        "holder": Text(required=True, one_of=_ROLES, what="role"),
        "holder_title": Text(longest=80),
        "evaluator": _KEY,
        "scope": Text(required=True, one_of=tuple(Scope), what="scope"),
        "cadence": Text(required=True, longest=200),
        "thresholds": Pairs(Whole()),
    },
)
_GUIDANCE = Table(
    "a piece of guidance",
    {
        "key": Text(required=True, pattern=_KEY.pattern, like="“education-act-1996”", longest=60),
        "title": _TITLE,
        "publisher": Text(longest=120),
        "published": Text(longest=40),
        "address": _WEB,
        "standing": Text(required=True, one_of=STANDINGS, what="standing"),
        "superseded_by": Text(longest=200),
        "superseded_on": Day(),
        "source": Text(),
    },
)
_POSITION = Table(
    "a position",
    {
        "topic": _KEY,
        "title": _TITLE,
        "says": Text(required=True),
        "paragraph": _LABEL,
        "source": Text(required=True),
    },
)
_GAP = Table(
    "a gap", {"key": _KEY, "paragraph": _LABEL, "says": Text(required=True), "source": Text(required=True)}
)

PACK = Table(
    "a policy pack",
    {
        "kind": Text(required=True, one_of=KINDS, what="kind"),
        "slug": _SLUG,
        "layer": Text(required=True, one_of=LAYERS, what="layer"),
        "title": _TITLE,
        "version": _VERSION,
        "issuer": Text(required=True, longest=120),
        "approving_authority": Text(longest=120),
        "approved_on": Day(),
        "next_due_on": Day(),
        "review_months": Whole(least=1, most=60),
        "website": _WEB,
        "roles": Pairs(Text(required=True, longest=80), keys=_ROLES, what="role"),
        "terms": Pairs(Text(required=True, longest=120), keys=tuple(TERMS), what="term"),
        "sections": Tables(_SECTION, required=True),
        "duties": Tables(_DUTY, required=True),
        "linked": Tables(Table("a linked policy", {"key": _KEY, "title": _TITLE})),
        "guidance": Tables(_GUIDANCE),
        "positions": Tables(_POSITION),
        "gaps": Tables(_GAP),
    },
)

_SOURCE = Text()
_WORDS = Text(longest=400)
_WEEKS = Whole(least=1, most=104)
_DAYS = Whole(most=190)

PROFILE = Table(
    "an authority profile",
    {
        "kind": Text(required=True, one_of=KINDS, what="kind"),
        "slug": _SLUG,
        "version": _VERSION,
        "title": _TITLE,
        "authority": _TITLE,
        "code": Text(pattern=r"\d{3}", like="“865”, three digits", longest=3),
        "example": Yes(),
        "website": _WEB,
        "services": Tables(
            Table(
                "a service",
                {
                    "key": Text(required=True, one_of=SERVICES, what="service"),
                    "name": _TITLE,
                    "address": _WEB,
                },
            )
        ),
        "sickness_return": Table(
            "the sickness return",
            {
                "how": _WORDS,
                "how_often": _WORDS,
                "within_days": _DAYS,
                "nil_return": Yes(),
                "source": _SOURCE,
            },
        ),
        "referral": Table(
            "the referral",
            {
                "service": _WORDS,
                "tool": _WORDS,
                "made_by": _WORDS,
                "criteria": _WORDS,
                "decided": _WORDS,
                "source": _SOURCE,
                "asks": Tables(
                    Table(
                        "a question",
                        {
                            "key": _KEY,
                            "question": Text(required=True),
                            "part": Text(longest=60),
                            "required": Yes(),
                        },
                    )
                ),
            },
        ),
        "evidence": Tables(
            Table(
                "a kind of evidence",
                {"key": _KEY, "title": _TITLE, "says": _WORDS, "expected": Yes(), "source": _SOURCE},
            )
        ),
        "part_time": Table(
            "the part-time limits",
            {
                "plan": _WORDS,
                "most_weeks": _WEEKS,
                "first_review_weeks": _WEEKS,
                "review_every_weeks": _WEEKS,
                "told": _WORDS,
                "told_within_days": _DAYS,
                "nil_return": Yes(),
                "source": _SOURCE,
            },
        ),
        "officer": Table("the officer", {"post": _WORDS, "service": _WORDS}),
        "reviews": Pairs(_WEEKS, keys=REVIEWS, what="review"),
        "notices": Tables(
            Table("a notice", {"key": _KEY, "title": _TITLE, "when": Text(required=True), "source": _SOURCE})
        ),
    },
)

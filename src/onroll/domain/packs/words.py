"""Things that places call by different names, with the name we use where a pack has none."""

from collections.abc import Mapping
from types import MappingProxyType

TERMS: Mapping[str, str] = MappingProxyType({
    "health-plan": "Individual Health Care Plan",
    "mep": "Medical Education Plan",
    "rep": "Reduced Educational Provision plan",
    "mners": "medical needs education service",
    "dart": "referral form",
    "education-welfare": "Education Welfare Service",
    "authority": "local authority",
    "alternative-provision": "alternative provision",
    "approvers": "governing board",
    "social-events": "social events",
    "case": "case",
    "form-tutor": "form tutor",
})  # fmt: skip

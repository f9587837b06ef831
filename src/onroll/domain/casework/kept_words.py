"""The words of a statement as they are kept: one text for all three readers, exactly as it was issued."""

import json
from collections.abc import Mapping
from dataclasses import asdict

from onroll.domain.casework.statement import Audience, Part, Told


def as_kept(told: Mapping[Audience, Told]) -> str:
    """The statements as one text; the same words give the same text."""
    return json.dumps(
        {key.value: asdict(one) for key, one in told.items()}, ensure_ascii=False, sort_keys=True
    )


def as_told(kept: str) -> Mapping[Audience, Told]:
    """The statements again, word for word."""
    return {
        Audience(key): Told(
            one["heading"],
            one["lead"],
            tuple(
                Part(part["heading"], tuple(part["words"]), tuple(part["points"])) for part in one["parts"]
            ),
        )
        for key, one in json.loads(kept).items()
    }

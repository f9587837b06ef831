"""The one sentence at the head of the policy."""

from collections.abc import Mapping

from onroll.domain.vocabulary import in_words
from onroll.pages.wording import count_of


def summary(kept: Mapping[str, int]) -> str:
    """How the document stands as a whole: "Of 16 duties that Onroll follows, 12 are kept and 4 are late." """
    parts = [
        f"{number} {'is' if number == 1 else 'are'} {words}"
        for key, words in (
            ("late", "late"),
            ("due", "waiting to be done"),
            ("kept", "kept"),
            ("idle", "not asked for now"),
        )
        if (number := kept[key])
    ]
    followed = sum(kept.values()) - kept["unrecorded"]
    if not followed:
        return "Nothing in Onroll answers a duty of this document yet."
    said = f"Of {count_of(followed, 'duty,duties')} that Onroll follows here, {in_words(parts)}."
    if kept["unrecorded"]:
        said += f" {count_of(kept['unrecorded'], 'more is,more are')} not yet recorded in Onroll."
    return said

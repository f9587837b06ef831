"""Take from text what cannot be printed, or would turn what is printed round."""

import unicodedata
from collections.abc import Mapping, Sequence
from typing import Any

# Characters that change the direction of what follows: with U+202E a name could read backwards on paper.
_TURNING = frozenset("\u061c\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")
_KEPT = frozenset("\n\t")
# Cc: control characters. Cs: half a character. Co, Cn: what no font can know.
_UNPRINTABLE = frozenset({"Cc", "Cs", "Co", "Cn"})


def cleaned(value: Any) -> Any:
    """The same data with every text in it fit to print: keys, lists and mappings are walked through."""
    if isinstance(value, str):
        return "".join(char for char in value.replace("\r\n", "\n") if _prints(char))
    if isinstance(value, Mapping):
        return {str(key): cleaned(each) for key, each in value.items()}
    if isinstance(value, Sequence):
        return [cleaned(each) for each in value]
    return value


def _prints(char: str) -> bool:
    if char in _KEPT:
        return True
    return char not in _TURNING and char != "\ufeff" and unicodedata.category(char) not in _UNPRINTABLE

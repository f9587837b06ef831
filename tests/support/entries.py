"""What people write on a case, for tests: given as forms give it, and files with real bytes."""

import io
import sys
import zipfile
from datetime import date
from pathlib import Path
from typing import Any

from onroll.domain.casework.entries import Method, Paper
from onroll.domain.casework.given import ContactGiven, DecisionGiven, DocumentGiven, NoteGiven
from onroll.domain.casework.tiers import Tier

DAY = date(2026, 11, 20)
PDF = b"%PDF-1.7\n1 0 obj<</Type/Catalog>>endobj\nstartxref\n9\n%%EOF\n"
WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"


def contact(by_id: int, **more: Any) -> ContactGiven:
    """A call with a parent who answered."""
    given = {"with_parent": True, "said": "Sleeping better, still tired.", **more}
    return ContactGiven(
        **{
            "happened_on": DAY, "tier": Tier.EDUCATION, "method": Method.PHONE, "made_by_id": by_id, **given
        }
    )  # fmt: skip


def decision(**more: Any) -> DecisionGiven:
    """A question that was decided by others."""
    given = {
        "happened_on": DAY, "tier": Tier.EDUCATION, "question": "Shall a tutor come home?",
        "decided": "Yes, twice a week", "reason": "Two weeks were missed", "decided_by_others": "The year team",
    }  # fmt: skip
    return DecisionGiven(**{**given, **more})


def note(text: str = "Seen in the village, cheerful.", **more: Any) -> NoteGiven:
    """Something worth keeping."""
    return NoteGiven(**{"happened_on": DAY, "tier": Tier.EDUCATION, "text": text, **more})


def paper(**more: Any) -> DocumentGiven:
    """What is said of a letter."""
    given = {"happened_on": DAY, "tier": Tier.EDUCATION, "kind": Paper.LETTER, "title": "Letter from home"}
    return DocumentGiven(**{**given, **more})


def a_word_file(listing: str = WORD) -> bytes:
    """A .docx as Word writes one, as far as anybody looks."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as packed:
        packed.writestr("[Content_Types].xml", f"<Types>{listing}</Types>")
        packed.writestr("word/document.xml", "<x/>")
    return out.getvalue()


def a_scanner(folder: Path) -> Path:
    """A script that is asked as a virus scanner is: finds EVIL, breaks on BROKEN, never ends on SLOW."""
    script = folder / "scanner.py"
    script.write_text(
        f"#!{sys.executable}\n"
        "import os, sys, time\n"
        "data = open(sys.argv[1], 'rb').read() if len(sys.argv) > 1 else sys.stdin.buffer.read()\n"
        "if 'ONROLL_DATA_KEYS' in os.environ: sys.exit(9)\n"
        "if b'SLOW' in data: time.sleep(30)\n"
        "sys.exit(1 if b'EVIL' in data else 2 if b'BROKEN' in data else 0)\n"
    )
    script.chmod(0o700)
    return script

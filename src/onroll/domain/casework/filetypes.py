"""What a file is, by its content. Its name and what the browser says of it are never asked.

Only kinds on the list are taken; each is judged from its beginning, its end and, where it is a ZIP, the names
of its parts. Nothing is unpacked but one short listing.
"""

import re
import zipfile
import zlib
from dataclasses import dataclass
from typing import BinaryIO

_HEAD = 64 * 1024  # bytes looked at
_TAIL = 2048
_LISTING = 512 * 1024  # the longest listing of an office file that is read
_SAMPLE = 64 * 1024


@dataclass(frozen=True, slots=True)
class FileType:
    """One kind of file that is taken."""

    words: str
    media_type: str
    ending: str  # of the name under which it is handed out


PDF = FileType("PDF", "application/pdf", "pdf")
JPEG = FileType("JPEG photo", "image/jpeg", "jpg")
PNG = FileType("PNG picture", "image/png", "png")
HEIC = FileType("HEIC photo", "image/heic", "heic")
DOCX = FileType(
    "Word document", "application/vnd.openxmlformats-officedocument.wordprocessingml.document", "docx"
)
XLSX = FileType("Excel workbook", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", "xlsx")
ODT = FileType("OpenDocument text", "application/vnd.oasis.opendocument.text", "odt")
TEXT = FileType("Plain text", "text/plain", "txt")
TAKEN = (PDF, JPEG, PNG, HEIC, DOCX, XLSX, ODT, TEXT)

EMPTY = "The file is empty. Choose another"
UNKNOWN = (
    "This kind of file is not taken. Choose a PDF, a photo (JPEG, PNG or HEIC), a Word document (.docx), "
    "an Excel workbook (.xlsx), an OpenDocument text (.odt) or plain text"
)
CUT_OFF = "The file is damaged or not whole. Open it where it came from and save it again"
MACROS = "The file holds macros, which can do harm. Save it without them, as a plain document or as a PDF"

_HEIC_BRANDS = frozenset({b"heic", b"heix", b"heim", b"heis", b"hevc", b"hevx", b"mif1", b"msf1"})
_MACRO_PARTS = re.compile(r"vbaproject|(^|/)(basic|scripts)/", re.IGNORECASE)
_MACRO_TYPES = re.compile(rb"macroenabled|vbaproject", re.IGNORECASE)
# Bytes that plain text never has: controls other than tab, line feed, form feed and carriage return.
_NOT_TEXT = re.compile(rb"[\x00-\x08\x0b\x0e-\x1f\x7f]")
_MARKUP = re.compile(rb"^\s*(?:<[!?a-zA-Z/]|%!PS|#!)")
_SCRIPTED = re.compile(rb"<\s*(?:script|svg|html|iframe|body)\b", re.IGNORECASE)


def file_type(file: BinaryIO) -> FileType | str:
    """What a file is; for one that is not taken, what to tell whoever brought it. `file` can be sought in."""
    head, tail, size = _ends(file)
    if not size:
        return EMPTY
    if head.startswith(b"PK\x03\x04"):
        return _office(file)
    for begins, whole, kind in _SIMPLE:
        if begins(head):
            return kind if whole(head, tail) else CUT_OFF
    return _text(file, head)


def _heic(head: bytes) -> bool:
    brands = {head[8:12], *(head[at : at + 4] for at in range(16, min(_box(head), 64), 4))}
    return head[4:8] == b"ftyp" and bool(brands & _HEIC_BRANDS)


def _box(head: bytes) -> int:
    return int.from_bytes(head[:4], "big")


def _whole_jpeg(head: bytes, tail: bytes) -> bool:
    """Some phones put a short film behind the picture, and say so: its end mark is not at the end then."""
    with_film = b"MotionPhoto" in head or b"MicroVideo" in head or tail.endswith(b"SEFT")
    return b"\xff\xd9" in tail or with_film


# How each begins, and what shows that it is whole.
_SIMPLE = (
    (lambda head: head.startswith(b"%PDF-"), lambda _, tail: b"%%EOF" in tail, PDF),
    (lambda head: head.startswith(b"\xff\xd8\xff"), _whole_jpeg, JPEG),
    (lambda head: head.startswith(b"\x89PNG\r\n\x1a\n"), lambda _, tail: b"IEND\xaeB`\x82" in tail, PNG),
    (_heic, lambda head, _: _box(head) <= len(head), HEIC),
)


def _ends(file: BinaryIO) -> tuple[bytes, bytes, int]:
    file.seek(0)
    head = file.read(_HEAD)
    tail, size = head[-_TAIL:], len(head)
    while piece := file.read(_SAMPLE):
        tail, size = (tail + piece)[-_TAIL:], size + len(piece)
    return head, tail, size


def _office(file: BinaryIO) -> FileType | str:
    try:
        with zipfile.ZipFile(file) as archive:
            names = set(archive.namelist())
            if any(_MACRO_PARTS.search(name) for name in names):
                return MACROS
            if "[Content_Types].xml" in names:
                return _by_listing(names, _short(archive, "[Content_Types].xml"))
            if "mimetype" in names and "content.xml" in names:
                return ODT if _short(archive, "mimetype") == ODT.media_type.encode() else UNKNOWN
    except (zipfile.BadZipFile, zlib.error, NotImplementedError, RuntimeError, EOFError, ValueError, OSError):
        return CUT_OFF
    return UNKNOWN


def _by_listing(names: set[str], listing: bytes) -> FileType | str:
    if _MACRO_TYPES.search(listing):
        return MACROS
    if "word/document.xml" in names:
        return DOCX
    return XLSX if "xl/workbook.xml" in names else UNKNOWN


def _short(archive: zipfile.ZipFile, name: str) -> bytes:
    """One part, as far as such a part may be long: a longer one is no honest file."""
    with archive.open(name) as part:
        text = part.read(_LISTING + 1)
    if len(text) > _LISTING:
        raise ValueError(name)
    return text


def _text(file: BinaryIO, head: bytes) -> FileType | str:
    if _MARKUP.match(head.removeprefix(b"\xef\xbb\xbf")):
        return UNKNOWN
    file.seek(0)
    before = b""
    while piece := file.read(_SAMPLE):
        if _NOT_TEXT.search(piece) or _SCRIPTED.search(before + piece):
            return UNKNOWN
        before = piece[-32:]
    return TEXT if _decodes(file) else UNKNOWN


def _decodes(file: BinaryIO) -> bool:
    """Whether it is text as UTF-8, or as Windows wrote it in western Europe."""
    file.seek(0)
    data = file.read()
    for encoding in ("utf-8", "cp1252"):
        try:
            data.decode(encoding)
        except UnicodeDecodeError:
            continue
        return True
    return False

"""What a file is, by real bytes: what is taken, and what is not, whatever its name says."""

import io
import struct
import zipfile
import zlib

import pytest

from onroll.domain.casework import filetypes
from onroll.domain.casework.filetypes import CUT_OFF, EMPTY, MACROS, UNKNOWN, file_type

PDF = b"%PDF-1.7\n1 0 obj<</Type/Catalog>>endobj\nstartxref\n9\n%%EOF\n"
JPEG = b"\xff\xd8\xff\xe0\x00\x10JFIF\x00\x01\x02" + b"\x11" * 5000 + b"\xff\xd9"
EXE = b"MZ\x90\x00\x03\x00\x00\x00" + b"\x00" * 200 + b"PE\x00\x00"
HEIC = struct.pack(">I", 24) + b"ftypheic" + b"\x00\x00\x00\x00mif1heic" + b"\x00" * 300
FILM = struct.pack(">I", 24) + b"ftypisom" + b"\x00\x00\x02\x00isomiso2" + b"\x00" * 300
WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"
WITH_MACROS = "application/vnd.ms-word.document.macroEnabled.main+xml"


def png() -> bytes:
    def chunk(kind: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    head = chunk(b"IHDR", struct.pack(">IIBBBBB", 1, 1, 8, 0, 0, 0, 0))
    return b"\x89PNG\r\n\x1a\n" + head + chunk(b"IDAT", zlib.compress(b"\x00\x00")) + chunk(b"IEND", b"")


def archive(**parts: str | bytes) -> bytes:
    """A ZIP file; `__` in a name stands for a slash, `_xml` for its ending."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as packed:
        for name, text in parts.items():
            packed.writestr(name, text)
    return out.getvalue()


def office(listing: str = WORD, *, main: str = "word/document.xml", **more: str) -> bytes:
    return archive(**{"[Content_Types].xml": f"<Types>{listing}</Types>", main: "<x/>", **more})


def odt(**more: str) -> bytes:
    return archive(mimetype="application/vnd.oasis.opendocument.text", **{"content.xml": "<x/>", **more})


@pytest.mark.parametrize(
    ("content", "expected"),
    [
        pytest.param(PDF, filetypes.PDF, id="pdf"),
        pytest.param(PDF + b"\r\n\x00" * 30, filetypes.PDF, id="pdf with a scanner's padding behind it"),
        pytest.param(JPEG, filetypes.JPEG, id="jpeg"),
        pytest.param(
            b"\xff\xd8\xff\xe1\x00\x10MotionPhoto\xff\xd9" + FILM * 20, filetypes.JPEG, id="jpeg with a film"
        ),
        pytest.param(png(), filetypes.PNG, id="png"),
        pytest.param(HEIC, filetypes.HEIC, id="heic"),
        pytest.param(office(), filetypes.DOCX, id="docx"),
        pytest.param(office(main="xl/workbook.xml"), filetypes.XLSX, id="xlsx"),
        pytest.param(odt(), filetypes.ODT, id="odt"),
        pytest.param("Siân rang: naïve, 20°, £3".encode(), filetypes.TEXT, id="text as utf-8"),
        pytest.param("\ufeffDear all,\r\n".encode(), filetypes.TEXT, id="text with a mark in front"),
        pytest.param("Sián, 37°".encode("cp1252"), filetypes.TEXT, id="text as old Windows wrote it"),
        pytest.param(b"pain < 3 and temperature > 38", filetypes.TEXT, id="text with angle signs"),
        pytest.param(b"", EMPTY, id="nothing"),
        pytest.param(EXE, UNKNOWN, id="program renamed"),
        pytest.param(b"\x7fELF\x02\x01\x01" + b"\x00" * 90, UNKNOWN, id="program of Linux"),
        pytest.param(b"#!/bin/sh\nrm -rf /\n", UNKNOWN, id="shell script"),
        pytest.param(b"<svg xmlns='http://www.w3.org/2000/svg'/>", UNKNOWN, id="svg"),
        pytest.param(b"\xef\xbb\xbf\n <?xml version='1.0'?><svg/>", UNKNOWN, id="svg behind a mark"),
        pytest.param(b"<!DOCTYPE html><script>1</script>", UNKNOWN, id="html"),
        pytest.param(b"Dear all\n<SCRIPT src=x>", UNKNOWN, id="html that begins as text"),
        pytest.param(b"a" * 65_530 + b"<script>" + b"b" * 90, UNKNOWN, id="html across two pieces"),
        pytest.param("plain".encode("utf-16"), UNKNOWN, id="text that no browser would read"),
        pytest.param(b"{\\rtf1\\ansi}\x00", UNKNOWN, id="rich text with a zero"),
        pytest.param(FILM, UNKNOWN, id="film"),
        pytest.param(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\x00" * 90, UNKNOWN, id="old Word file"),
        pytest.param(b"GIF89a\x01\x00", UNKNOWN, id="gif"),
        pytest.param(archive(**{"a.exe": EXE}), UNKNOWN, id="plain zip"),
        pytest.param(archive(mimetype="text/html", **{"content.xml": "x"}), UNKNOWN, id="zip that says html"),
        pytest.param(office(main="ppt/presentation.xml"), UNKNOWN, id="slides"),
        pytest.param(office(WITH_MACROS), MACROS, id="docm renamed"),
        pytest.param(office(**{"word/vbaProject.bin": "x"}), MACROS, id="docm by its part"),
        pytest.param(office(**{"word/VBAPROJECT.BIN": "x"}), MACROS, id="docm in capitals"),
        pytest.param(office('PartName="/word/x.bin" ms-office.vbaProject'), MACROS, id="docm, part renamed"),
        pytest.param(odt(**{"Basic/Standard/Module1.xml": "x"}), MACROS, id="odt with macros"),
        pytest.param(PDF[:40], CUT_OFF, id="pdf cut off"),
        pytest.param(JPEG[:3000], CUT_OFF, id="jpeg cut off"),
        pytest.param(png()[:-6], CUT_OFF, id="png cut off"),
        pytest.param(office()[:-30], CUT_OFF, id="docx cut off"),
        pytest.param(b"PK\x03\x04" + b"\x00" * 100, CUT_OFF, id="zip in name only"),
        pytest.param(office("x" * 600_000), CUT_OFF, id="docx whose listing never ends"),
    ],
)
def test_a_file_is_what_its_bytes_say(content, expected):
    assert file_type(io.BytesIO(content)) == expected


def test_what_is_taken_is_handed_out_under_endings_that_run_nothing():
    assert {kind.ending for kind in filetypes.TAKEN} == {
        "pdf", "jpg", "png", "heic", "docx", "xlsx", "odt", "txt",
    }  # fmt: skip

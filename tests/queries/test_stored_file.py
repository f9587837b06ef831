"""An upload reads like a file that lies on the disk in plain, and does not."""

import io
import random

import pytest
from django.conf import settings

from onroll.queries.imports import stored_file
from onroll.records import uploads

CONTENT = random.Random(7).randbytes(700_001)


@pytest.fixture
def name(settings, tmp_path):
    settings.UPLOAD_DIR = tmp_path / "uploads"
    return uploads.save([CONTENT[:100_000], CONTENT[100_000:]])


def test_it_reads_as_it_was_written(name):
    with stored_file.opened(name, len(CONTENT)) as file:
        assert file.read() == CONTENT
        assert file.read() == b""


def test_it_goes_to_wherever_a_plain_file_would(name):
    plain, steps = io.BytesIO(CONTENT), random.Random(11)
    with stored_file.opened(name, len(CONTENT)) as file:
        for _ in range(60):
            match steps.randrange(4):
                case 0:
                    place = steps.randrange(len(CONTENT) + 10)
                    assert file.seek(place) == plain.seek(place) or place > len(CONTENT)
                    plain.seek(min(place, len(CONTENT)))
                case 1:
                    back = steps.randrange(len(CONTENT))
                    assert file.seek(-back, io.SEEK_END) == plain.seek(-back, io.SEEK_END)
                case 2:
                    size = steps.randrange(200_000)
                    assert file.read(size) == plain.read(size)
                case 3:
                    assert file.tell() == plain.tell()


def test_it_says_how_far_it_was_read(name):
    heard = []
    with stored_file.opened(name, len(CONTENT), heard.append) as file:
        file.read()
    assert heard == sorted(heard)
    assert heard[-1] == len(CONTENT)


@pytest.mark.parametrize("most", [0, 1, 70_000, 10**7])
def test_its_beginning_is_no_longer_than_asked(name, most):
    assert stored_file.beginning(name, most) == CONTENT[:most]


def test_nothing_of_it_lies_on_the_disk_in_plain(name):
    kept = b"".join(path.read_bytes() for path in settings.UPLOAD_DIR.iterdir())
    assert not any(CONTENT[at : at + 32] in kept for at in range(0, len(CONTENT) - 32, 10_000))

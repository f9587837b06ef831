"""A file is written no further than the largest that is taken."""

from types import SimpleNamespace

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.http import HttpRequest

from onroll.pages.uploading import was_too_large


@pytest.fixture(autouse=True)
def _limit(settings, tmp_path):
    settings.ONROLL_MAX_UPLOAD = 100
    settings.INCOMING_DIR = tmp_path


@pytest.fixture
def post(rf):
    requests: list[HttpRequest] = []

    def post(**files: int) -> HttpRequest:
        """A request of somebody signed in, with files of so many bytes."""
        sent = {name: SimpleUploadedFile(name, b"x" * size) for name, size in files.items()}
        request = rf.post("/", sent)
        request.user = SimpleNamespace(is_authenticated=True)
        requests.append(request)
        return request

    yield post
    for request in requests:
        request.close()


@pytest.mark.parametrize(
    ("size", "kept", "too_large"),
    [
        pytest.param(100, [100], False, id="as large as allowed"),
        pytest.param(101, [], True, id="a byte more"),
        pytest.param(300_000, [], True, id="much more, and still read to its end"),
    ],
)
def test_a_file_past_the_limit_is_dropped_and_told(post, tmp_path, size, kept, too_large):
    request = post(file=size)
    assert [file.size for file in request.FILES.values()] == kept
    assert was_too_large(request) is too_large
    assert len(list(tmp_path.iterdir())) == len(kept)


def test_a_second_file_is_counted_from_its_own_beginning(post):
    assert {name: file.size for name, file in post(one=60, two=60).FILES.items()} == {"one": 60, "two": 60}

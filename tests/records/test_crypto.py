"""Nothing encrypted can be read under another key, altered, cut off, swapped or moved without being found out."""

import io
import itertools
import stat

import pytest

from onroll.records import crypto
from onroll.records.crypto import CHUNK, CannotDecrypt

HEAD = 4 + 16
SEALED = CHUNK + 16
SIZES = [
    pytest.param(0, id="empty"),
    pytest.param(1, id="one byte"),
    pytest.param(CHUNK - 1, id="a chunk less one"),
    pytest.param(CHUNK, id="a chunk"),
    pytest.param(CHUNK + 1, id="a chunk and one"),
    pytest.param(2 * CHUNK, id="two chunks"),
    pytest.param(3 * CHUNK + 7, id="three and a bit"),
]


@pytest.fixture(autouse=True)
def _keys(settings):
    settings.ONROLL_DATA_KEYS = ["first key"]


def sealed(plain: bytes, purpose: str = "file", piece: int = 10_007) -> bytes:
    out = io.BytesIO()
    sealer = crypto.Sealer(out, purpose)
    for start in range(0, len(plain), piece):
        sealer.write(plain[start : start + piece])
    sealer.close()
    return out.getvalue()


def opened(data: bytes, purpose: str = "file") -> bytes:
    return b"".join(crypto.unseal(io.BytesIO(data), purpose))


def some(size: int) -> bytes:
    return bytes(itertools.islice(itertools.cycle(range(251)), size))  # no two chunks are alike


# ---------------------------------------------------------------- texts
@pytest.mark.parametrize(
    "text", ["a text", "Zoë's note — £5", "long " * 5000], ids=["short", "accents", "long"]
)
def test_a_text_comes_back(text):
    token = crypto.encrypt(text, "a")
    assert text not in token
    assert crypto.decrypt(token, "a") == text


def test_the_same_text_is_never_the_same_token():
    assert crypto.encrypt("x", "a") != crypto.encrypt("x", "a")


def test_a_token_means_nothing_in_another_column():
    with pytest.raises(CannotDecrypt):
        crypto.decrypt(crypto.encrypt("x", "a"), "b")


def test_an_altered_token_is_found_out():
    token = crypto.encrypt("x", "a")
    middle = len(token) // 2
    with pytest.raises(CannotDecrypt):
        crypto.decrypt(token[:middle] + ("A" if token[middle] != "A" else "B") + token[middle + 1 :], "a")


def test_an_old_key_still_opens_and_the_newest_takes_over(settings):
    token = crypto.encrypt("x", "a")
    settings.ONROLL_DATA_KEYS = ["second key", "first key"]
    assert crypto.decrypt(token, "a") == "x"
    new = crypto.renewed(token, "a")
    settings.ONROLL_DATA_KEYS = ["second key"]
    assert crypto.decrypt(new, "a") == "x"
    with pytest.raises(CannotDecrypt):
        crypto.decrypt(token, "a")


def test_a_token_under_the_newest_key_is_left_as_it_is(settings):
    settings.ONROLL_DATA_KEYS = ["second key", "first key"]
    token = crypto.encrypt("x", "a")
    assert crypto.renewed(token, "a") == token


def test_a_token_that_no_key_opens_cannot_be_renewed(settings):
    token = crypto.encrypt("x", "a")
    settings.ONROLL_DATA_KEYS = ["second key"]
    with pytest.raises(CannotDecrypt):
        crypto.renewed(token, "a")


def test_a_key_check_tells_keys_apart_and_nothing_of_them():
    assert crypto.key_check("first key") == crypto.key_check("first key")
    assert crypto.key_check("first key") != crypto.key_check("first keys")
    assert "first" not in crypto.key_check("first key")


# ---------------------------------------------------------------- files
@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("piece", [1000, CHUNK, CHUNK + 1, 10 * CHUNK])
def test_a_file_comes_back_whatever_its_size_and_however_it_came(size, piece):
    assert opened(sealed(some(size), piece=piece)) == some(size)


@pytest.mark.parametrize("size", SIZES)
def test_a_file_cut_off_anywhere_is_found_out(size):
    whole = sealed(some(size))
    edges = {0, 3, HEAD - 1, HEAD, HEAD + 1, HEAD + 15, HEAD + SEALED, HEAD + 2 * SEALED, len(whole) - 1}
    for length in edges - {edge for edge in edges if edge >= len(whole)}:
        with pytest.raises(CannotDecrypt):
            opened(whole[:length])


@pytest.mark.parametrize("size", SIZES)
def test_a_byte_added_to_the_end_is_found_out(size):
    with pytest.raises(CannotDecrypt):
        opened(sealed(some(size)) + b"x")


@pytest.mark.parametrize("at", [0, 5, HEAD, HEAD + CHUNK, HEAD + SEALED + 1, -1])
def test_an_altered_byte_is_found_out(at):
    data = bytearray(sealed(some(2 * CHUNK + 5)))
    data[at] ^= 1
    with pytest.raises(CannotDecrypt):
        opened(bytes(data))


def chunks(data: bytes) -> tuple[bytes, list[bytes]]:
    body = data[HEAD:]
    return data[:HEAD], [body[start : start + SEALED] for start in range(0, len(body), SEALED)]


@pytest.mark.parametrize(
    "order",
    [
        pytest.param([1, 0, 2], id="two swapped"),
        pytest.param([0, 2], id="one dropped"),
        pytest.param([0, 0, 1, 2], id="one repeated"),
        pytest.param([0, 1, 1], id="the last replaced"),
        pytest.param([0, 1], id="the last dropped"),
        pytest.param([2], id="only the last"),
    ],
)
def test_chunks_keep_their_places(order):
    head, parts = chunks(sealed(some(3 * CHUNK)))
    assert len(parts) == 3
    with pytest.raises(CannotDecrypt):
        opened(head + b"".join(parts[number] for number in order))


def test_a_chunk_of_another_file_does_not_fit():
    head, parts = chunks(sealed(some(3 * CHUNK)))
    _, others = chunks(sealed(some(3 * CHUNK)))
    with pytest.raises(CannotDecrypt):
        opened(head + parts[0] + others[1] + parts[2])


def test_a_file_of_one_purpose_does_not_open_for_another():
    with pytest.raises(CannotDecrypt):
        opened(sealed(b"x"), "backup")


@pytest.mark.parametrize("size", SIZES)
def test_a_file_under_an_older_key_opens_and_under_a_lost_key_does_not(settings, size):
    data = sealed(some(size))
    settings.ONROLL_DATA_KEYS = ["third key", "second key", "first key"]
    assert opened(data) == some(size)
    settings.ONROLL_DATA_KEYS = ["third key", "second key"]
    with pytest.raises(CannotDecrypt):
        opened(data)


def test_reading_starts_where_the_file_stands():
    file = io.BytesIO(b"a line before\n" + sealed(b"plain"))
    file.readline()
    assert b"".join(crypto.unseal(file)) == b"plain"


def test_a_file_on_disk_is_its_owners_only_and_never_written_over(tmp_path):
    path = tmp_path / "a"
    assert crypto.write_encrypted(iter([b"x" * CHUNK, b"yz"]), path) == CHUNK + 2
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert b"".join(crypto.read_encrypted(path)) == b"x" * CHUNK + b"yz"
    with pytest.raises(FileExistsError):
        crypto.write_encrypted(iter([b""]), path)


@pytest.mark.parametrize("size", SIZES)
def test_it_is_known_which_files_still_need_the_newest_key(settings, tmp_path, size):
    path = tmp_path / "a"
    crypto.write_encrypted(iter([some(size)]), path)
    assert crypto.is_under_newest_key(path)
    settings.ONROLL_DATA_KEYS = ["second key", "first key"]
    assert not crypto.is_under_newest_key(path)

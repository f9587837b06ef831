"""What is logged of a failure on our side: where it was, never what it was about."""

import io
import logging

import pytest
from django.test import Client

from onroll.pages.about import views

HERE = "/about/how-we-use-data/"


@pytest.fixture
def written():
    every = logging.getLogger("django.request").handlers
    (handler,) = [one for one in every if type(one) is logging.StreamHandler]  # pytest adds its own
    stream = io.StringIO()
    before = handler.setStream(stream)
    yield stream
    handler.setStream(before)


def test_the_log_of_a_failure_says_what_kind_and_where_and_quotes_no_value(monkeypatch, written):
    def fail(*_: object, **__: object) -> None:
        try:
            raise KeyError("Key (upn)=(V865499920001) exists")
        except KeyError as wrong:
            raise ValueError("Quillon Zanderby, at home with depression") from wrong

    monkeypatch.setattr(views, "render", fail)
    answer = Client(raise_request_exception=False).get(HERE)
    said = written.getvalue()
    assert answer.status_code == 500
    assert f"Internal Server Error: {HERE}" in said
    for kind in ("KeyError", "ValueError", "pages/about/views.py:"):
        assert kind in said
    for private in ("Zanderby", "depression", "V865499920001"):
        assert private not in said

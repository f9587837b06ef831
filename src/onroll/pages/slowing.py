"""Slow down whoever asks too often from one address, where nobody is signed in."""

import time

from allauth.account.adapter import get_adapter
from django.core.cache import cache
from django.http import HttpRequest

SPAN = 600  # seconds


def too_often(request: HttpRequest, room: str, *, at_most: int) -> bool:
    """Count one request to a room from this network address; say whether it is more than `at_most` in its ten minutes.

    Of requests at the very same moment one may not be counted: this slows guessing down, it guards nothing.
    """
    key = f"slow:{room}:{int(time.time() // SPAN)}:{get_adapter().get_client_ip(request)}"
    asked = int(cache.get(key, 0)) + 1
    cache.set(key, asked, SPAN)
    return asked > at_most

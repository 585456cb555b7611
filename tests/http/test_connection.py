from __future__ import annotations

import socket

from service.http.connection import has_hung_up
from tests.waiting import wait_for


def test_a_client_that_hangs_up_is_noticed() -> None:
    ours, theirs = socket.socketpair()
    with ours, theirs:
        assert not has_hung_up(ours)
        theirs.send(b"the next request")
        assert not has_hung_up(ours)
        theirs.close()
        wait_for(lambda: has_hung_up(ours))


def test_what_this_side_has_closed_counts_too() -> None:
    ours, theirs = socket.socketpair()
    ours.close()
    with theirs:
        assert has_hung_up(ours)

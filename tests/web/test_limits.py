"""A body that is too large: refused once its sender is done, or has sent several times as much."""

from __future__ import annotations

import asyncio

import pytest

from perf_addin.adapters.web.limits import LimitedBody, Message, Receive, Send

MOST = 100


async def reads_all(_: Message, receive: Receive, send: Send) -> None:
    """An application that reads the whole body before it answers."""
    while (await receive()).get("more_body"):
        pass
    await send({"type": "http.response.start", "status": 200})


def asked(pieces: int, stated: int | None) -> tuple[int, int]:
    """The status of the answer to a body in pieces of 50 bytes, and how many had been read."""
    headers = [] if stated is None else [(b"content-length", b"%d" % stated)]
    read, found = 0, (0, 0)

    async def receive() -> Message:
        nonlocal read
        read += 1
        return {"type": "http.request", "body": b"x" * 50, "more_body": read < pieces}

    async def send(message: Message) -> None:
        nonlocal found
        if "status" in message:
            found = message["status"], read

    asyncio.run(LimitedBody(reads_all, MOST)({"type": "http", "headers": headers}, receive, send))
    return found


@pytest.mark.parametrize("is_stated", (True, False))
@pytest.mark.parametrize(
    ("pieces", "status", "read"), ((2, 200, 2), (3, 413, 3), (7, 413, 7), (1_000, 413, 8))
)
def test_what_still_arrives_is_let_go(
    pieces: int, status: int, read: int, *, is_stated: bool
) -> None:
    assert asked(pieces, 50 * pieces if is_stated else None) == (status, read)

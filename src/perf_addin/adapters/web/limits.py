"""How much a request may carry: counted while it arrives, whatever its header says."""

from __future__ import annotations

import json
from collections.abc import Awaitable, Callable, MutableMapping
from typing import Any

Message = MutableMapping[str, Any]
Receive = Callable[[], Awaitable[Message]]
Send = Callable[[Message], Awaitable[None]]
App = Callable[[Message, Receive, Send], Awaitable[None]]

_TOO_LARGE = 413
_MEGABYTE = 1 << 20
_TIMES_LET_GO = 4


class _TooLargeError(Exception):
    """More arrived than is allowed."""


class LimitedBody:
    """Refuses requests whose body is larger than a number of bytes, and keeps no more of it.

    What still arrives is read and let go, up to some times as much: a browser that is not done with
    sending would see a broken connection in place of the answer.
    """

    def __init__(self, app: App, most_bytes: int) -> None:
        """Wrap an application."""
        self._app = app
        self._most = most_bytes

    async def __call__(self, scope: Message, receive: Receive, send: Send) -> None:
        """Pass a request on, or answer it with 413."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        stated = dict(scope["headers"]).get(b"content-length", b"0")
        if not stated.isdigit() or int(stated) > self._most:
            await self._refuse(receive, send, 0, is_all=False)
            return
        arrived, is_all, answered = 0, False, False

        async def counted() -> Message:
            nonlocal arrived, is_all
            message = await receive()
            arrived += len(message.get("body", b""))
            is_all = not message.get("more_body")
            if arrived > self._most:
                raise _TooLargeError
            return message

        async def noted(message: Message) -> None:
            nonlocal answered
            answered = True
            await send(message)

        try:
            await self._app(scope, counted, noted)
        except _TooLargeError:
            if not answered:
                await self._refuse(receive, send, arrived, is_all=is_all)

    async def _refuse(self, receive: Receive, send: Send, arrived: int, *, is_all: bool) -> None:
        while not is_all and arrived < self._most * _TIMES_LET_GO:
            message = await receive()
            arrived += len(message.get("body", b""))
            is_all = not message.get("more_body")
        text = (
            f"The workbook is larger than the {self._most // _MEGABYTE} MB that this server "
            "accepts. Ask whoever runs it to raise --max-mb."
        )
        body = json.dumps({"detail": text}).encode()
        headers = [(b"content-type", b"application/json"), (b"connection", b"close")]
        await send({"type": "http.response.start", "status": _TOO_LARGE, "headers": headers})
        await send({"type": "http.response.body", "body": body})

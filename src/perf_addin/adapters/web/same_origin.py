"""Requests that another web site makes in somebody's browser: refused before anything is done."""

from __future__ import annotations

import json
from urllib.parse import urlsplit

from perf_addin.adapters.web.limits import App, Message, Receive, Send

_FORBIDDEN = 403
_ONLY_READ = frozenset({"GET", "HEAD", "OPTIONS"})


class SameOrigin:
    """Refuses what is sent by the page of another site, by the header that browsers put there.

    The pages of the add-in come from this very server, in Excel too. A request without an origin
    comes from no page at all.
    """

    def __init__(self, app: App, own: str) -> None:
        """Wrap an application that is reached under an address such as `https://name:8000`."""
        self._app = app
        self._own = urlsplit(own).netloc.lower()

    async def __call__(self, scope: Message, receive: Receive, send: Send) -> None:
        """Pass a request on, or answer it with 403."""
        if scope["type"] == "http" and scope["method"] not in _ONLY_READ:
            headers = {name: value.decode("latin-1").lower() for name, value in scope["headers"]}
            origin = headers.get(b"origin")
            forwarded = headers.get(b"x-forwarded-host", self._own)
            own = {self._own, headers.get(b"host", self._own), forwarded}
            if origin is not None and not _is_of(origin, own):
                await _refuse(send)
                return
        await self._app(scope, receive, send)


def _is_of(origin: str, own: set[str]) -> bool:
    try:
        parts = urlsplit(origin)
    except ValueError:
        return False
    return parts.scheme in {"http", "https"} and parts.netloc in own


async def _refuse(send: Send) -> None:
    text = "This request came from the page of another web site, so nothing was done."
    body = json.dumps({"detail": text}).encode()
    headers = [(b"content-type", b"application/json")]
    await send({"type": "http.response.start", "status": _FORBIDDEN, "headers": headers})
    await send({"type": "http.response.body", "body": body})

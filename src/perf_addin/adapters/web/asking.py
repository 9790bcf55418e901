"""One page asked of an application without a server between."""

from __future__ import annotations

import asyncio
from urllib.parse import urlsplit

from perf_addin.adapters.web.limits import App, Message

_FOUND = 200


def page(app: App, url: str) -> bytes:
    """What the application answers to GET.

    Raises:
        LookupError: it answers with something else than the page.
    """
    parts = urlsplit(url)
    port = parts.port or (443 if parts.scheme == "https" else 80)
    scope: Message = {
        "type": "http",
        "asgi": {"version": "3.0"},
        "http_version": "1.1",
        "method": "GET",
        "scheme": parts.scheme,
        "path": parts.path,
        "raw_path": parts.path.encode(),
        "root_path": "",
        "query_string": b"",
        "headers": [(b"host", parts.netloc.encode())],
        "client": ("127.0.0.1", 0),
        "server": (parts.hostname, port),
    }
    sent: list[Message] = []

    async def receive() -> Message:
        return {"type": "http.request", "body": b"", "more_body": False}

    async def send(message: Message) -> None:
        sent.append(message)

    async def ask() -> None:
        await app(scope, receive, send)

    asyncio.run(ask())
    status = next(m["status"] for m in sent if m["type"] == "http.response.start")
    if status != _FOUND:
        message = f"{url} was answered with {status}"
        raise LookupError(message)
    return b"".join(m.get("body", b"") for m in sent if m["type"] == "http.response.body")

"""The web add-in's server, really started, on a port of this machine."""

from __future__ import annotations

import json
import os
import socket
import ssl
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryFile
from typing import IO, NamedTuple
from urllib.error import HTTPError, URLError
from urllib.request import Request, urlopen

_PATIENCE_SECONDS = 60


class Answer(NamedTuple):
    """What the server answered."""

    status: int
    headers: dict[str, str]
    body: bytes

    @property
    def json(self) -> object:
        return json.loads(self.body)


class Server(NamedTuple):
    """A running server."""

    address: str
    trusts: ssl.SSLContext | None = None

    def get(self, path: str, **headers: str) -> Answer:
        return self._ask(Request(f"{self.address}/{path}", headers=headers))  # noqa: S310

    def post(self, path: str, body: bytes, **headers: str) -> Answer:
        kind = {"Content-Type": "application/octet-stream", **headers}
        return self._ask(Request(f"{self.address}/{path}", body, kind))  # noqa: S310

    def ask(self, path: str, headers: dict[str, str], method: str) -> Answer:
        url = f"{self.address}/{path}"
        return self._ask(Request(url, headers=headers, method=method))  # noqa: S310

    def _ask(self, request: Request) -> Answer:
        try:
            with urlopen(  # noqa: S310 - our own
                request, timeout=_PATIENCE_SECONDS, context=self.trusts
            ) as answer:
                return Answer(answer.status, dict(answer.headers.items()), answer.read())
        except HTTPError as error:
            with error:
                return Answer(error.code, dict(error.headers.items()), error.read())


def free_port() -> int:
    """A port that nobody listens on."""
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        return int(found.getsockname()[1])


@contextmanager
def served(
    *options: str, environment: dict[str, str] | None = None, trusts: Path | None = None
) -> Iterator[Server]:
    """Start `perf-addin serve` and wait until it answers; stop it at the end.

    With a certificate to be trusted it is asked by https.
    """
    port = free_port()
    command = [sys.executable, "-m", "perf_addin.entry.cli", "serve", "--port", str(port), *options]
    known = {**os.environ, "XLWINGS_LICENSE_KEY": "noncommercial", **(environment or {})}
    server = Server(f"http://127.0.0.1:{port}")
    if trusts is not None:
        context = ssl.create_default_context(cafile=str(trusts))
        server = Server(f"https://localhost:{port}", context)
    with TemporaryFile() as said:
        process = subprocess.Popen(command, env=known, stdout=said, stderr=subprocess.STDOUT)
        try:
            _wait(server, process, said)
            yield server
        finally:
            process.terminate()
            process.wait(timeout=_PATIENCE_SECONDS)


def _wait(server: Server, process: subprocess.Popen[bytes], said: IO[bytes]) -> None:
    end = time.monotonic() + _PATIENCE_SECONDS
    while time.monotonic() < end:
        if process.poll() is not None:
            said.seek(0)
            message = f"The server stopped: {said.read().decode()}"
            raise AssertionError(message)
        try:
            server.get("")
        except URLError:
            time.sleep(0.1)
        else:
            return
    message = "The server does not answer."
    raise AssertionError(message)

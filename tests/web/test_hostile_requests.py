"""Requests that nobody should send: each is refused in a sentence, and none ends in a defect."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import cast
from urllib.parse import quote

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.adapters.live.test_live_workbook import SAMPLES
from tests.adapters.xlsx.small_workbook import build
from tests.fuzz.test_fuzz import KEPT, changed
from tests.web.server import Server, served

ANSWERS = {200, 400, 404, 405, 413, 422}
NAMES = st.text(st.characters(exclude_categories=["Cs"]), max_size=30)


@pytest.fixture(scope="module")
def server() -> Iterator[Server]:
    """A server as a person starts it."""
    with served() as running:
        yield running


@pytest.mark.parametrize("path", ("perf/overview", "perf/press/report"))
@pytest.mark.parametrize(
    "origin",
    ("https://evil.example", "http://127.0.0.1.evil.example", "null", "file://", "http://[", "x"),
)
def test_the_page_of_another_site_is_refused(origin: str, path: str, server: Server) -> None:
    answer = server.post(path, SAMPLES[1].read_bytes(), Origin=origin)
    assert answer.status == 403
    assert "another web site" in cast("dict[str, str]", answer.json)["detail"]
    asked = {"Origin": origin, "Access-Control-Request-Method": "POST"}
    before = server.ask(path, asked, "OPTIONS")
    assert "access-control-allow-origin" not in {name.lower() for name in before.headers}


def test_its_own_pages_are_served(server: Server) -> None:
    answer = server.post("perf/overview", SAMPLES[1].read_bytes(), Origin=server.address)
    assert answer.status == 200


def test_behind_a_proxy_the_name_that_the_browser_used_counts() -> None:
    outside = {"Origin": "https://perf.example", "X-Forwarded-Host": "perf.example"}
    with served("--behind-proxy", "--public-host", "perf.example") as running:
        content = SAMPLES[1].read_bytes()
        answer = running.post("perf/overview", content, **outside, Host="perf.example")
        assert answer.status == 200
        other = {"Origin": "https://evil.example", "Host": "perf.example"}
        assert running.post("perf/overview", content, **other).status == 403


@pytest.mark.parametrize(
    "path",
    (
        "perf/icons/..%2f..%2fserve.py",
        "perf/icons/%2e%2e/%2e%2e/web.py",
        "static/..%2f..%2f..%2fetc%2fpasswd",
        "../../../../etc/passwd",
        ".env",
        "docs",
        "openapi.json",
    ),
)
def test_no_file_of_the_machine_is_given_out(path: str, server: Server) -> None:
    answer = server.get(path)
    assert answer.status in {400, 404, 405}
    assert b"root:" not in answer.body


def test_a_function_that_is_none_of_ours_is_not_called(server: Server) -> None:
    body = json.dumps({"func_name": "os.system", "args": ["true"]}).encode()
    answer = server.post("xlwings/custom-functions-call", body)
    assert answer.status in {400, 404, 422, 500}
    assert b"Traceback" not in answer.body


def test_any_body_and_any_name_is_answered(server: Server, tmp_path: Path) -> None:
    seeds = [path.read_bytes() for path in KEPT["sheet"]]

    @settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))
    @given(
        body=st.binary(max_size=200) | changed(seeds).map(lambda xml: packed(tmp_path, xml)),
        button=st.sampled_from(("overview", "press/report", "press/check", "press/explain")),
        name=NAMES,
        period=st.sampled_from(("", "Aug 2021", "2021/22", "\N{SUPERSCRIPT TWO}", "'")),
        row=st.integers(-1, 10**9),
    )
    def run(body: bytes, button: str, name: str, period: str, row: int) -> None:
        query = f"name={quote(name)}&period={quote(period)}&sheet=Index&row={row}"
        answer = server.post(f"perf/{button}?{query}", body)
        assert answer.status in ANSWERS, answer
        assert b"Traceback" not in answer.body

    run()


def packed(folder: Path, xml: bytes) -> bytes:
    """A workbook around a sheet."""
    return build(folder / "made.xlsx", xml).read_bytes()

"""The web add-in over HTTP, from a server that is really running."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from argparse import Namespace
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any, cast
from xml.etree import ElementTree as ET

import pytest
import xlwings as xw
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID
from openpyxl import load_workbook

from perf_addin.adapters.web.manifest import web_buttons
from perf_addin.application.buttons import ButtonId
from perf_addin.application.functions import FUNCTIONS, ExcelError, Value
from perf_addin.domain.errors import UsageError
from perf_addin.entry.serve import check
from tests.adapters.live.test_live_workbook import SAMPLES, assert_same, in_file
from tests.adapters.live.web_actions import run_actions
from tests.parity.cases import CASES, agrees
from tests.parity.generated import GENERATED
from tests.parity.test_xlwings_functions import LOOK_LIKE_ERRORS, as_text, cells
from tests.web.server import Answer, Server, served

BT = "{http://schemas.microsoft.com/office/officeappbasictypes/1.0}"
NS = "{http://schemas.microsoft.com/office/taskpaneappversionoverrides}"


@pytest.fixture(scope="module")
def server() -> Iterator[Server]:
    """A server as a person starts it."""
    with served() as running:
        yield running


def call(server: Server, name: str, arguments: list[object]) -> Answer:
    """Call a function as the functions page does."""
    data = {
        "func_name": name,
        "args": arguments,
        "caller_address": "Book1[Sheet1]Sheet1!A1",
        "content_language": "en-GB",
        "culture_info_name": "en-GB",
        "date_format": "dd/mm/yyyy",
        "version": xw.__version__,
        "client": "Office.js",
        "runtime": "1.4",
    }
    body = json.dumps(data).encode()
    headers = {"Content-Type": "application/json"}
    return server.post("xlwings/custom-functions-call", body, **headers)


def test_every_case_of_the_table_is_answered_alike(server: Server) -> None:
    wrong = []
    for case in (*CASES, *GENERATED):
        texts = {c for a in case.arguments for row in cells(a) for c in row if type(c) is str}
        if texts & LOOK_LIKE_ERRORS:
            continue  # docs/deviations.md
        arguments: list[object] = [
            [["" if cell is None else as_text(cell) for cell in row] for row in cells(a)]
            for a in case.arguments
        ]
        got = cast("dict[str, Any]", call(server, case.function, arguments).json)["result"]
        found = [[_error(cell) for cell in row] for row in got]
        if not agrees(cast("Value", cells(case.expected)), cast("Value", found)):
            wrong.append((case.formula, got, case.expected))
    assert not wrong


ERROR_TYPES = {
    "Div0": ExcelError.DIV0,
    "Name": ExcelError.NAME,
    "NotAvailable": ExcelError.NA,
    "Null": ExcelError.NULL,
    "Num": ExcelError.NUM,
    "Ref": ExcelError.REF,
    "Value": ExcelError.VALUE,
}


def _error(cell: object) -> object:
    """A cell of an answer, an error of Office as ours."""
    return ERROR_TYPES[cell["errorType"]] if isinstance(cell, dict) else cell


def test_every_function_is_offered_with_its_help(server: Server) -> None:
    offered = cast("dict[str, Any]", server.get("xlwings/custom-functions-meta.json").json)
    by_name = {found["name"]: found for found in offered["functions"]}
    assert set(by_name) == {function.name for function in FUNCTIONS}
    for function in FUNCTIONS:
        found = by_name[function.name]
        assert found["description"] == function.summary
        assert [p["name"] for p in found["parameters"]] == [a.name for a in function.arguments]
        assert [p["description"] for p in found["parameters"]] == [
            argument.help for argument in function.arguments
        ]


def test_the_manifest_is_whole_and_our_own(server: Server) -> None:
    text = server.get("manifest.xml").body.decode()
    root = ET.fromstring(text)
    assert not re.search(r"xlwings\.org|zoomer|hello", text, re.IGNORECASE)
    ids = {node.get("id") for node in root.iter() if node.tag.startswith(BT)}
    used = {node.get("resid") for node in root.iter() if node.get("resid")}
    assert used <= ids
    assert ids - {None} <= used
    for kind, most in (("ShortStrings", 125), ("LongStrings", 250)):
        for node in root.iter(f"{BT}{kind}"):
            assert all(len(child.get("DefaultValue", "")) <= most for child in node)
    controls = [node.get("id") for node in root.iter(f"{NS}Control")]
    assert controls == [*(f"perf-{button.id.value}" for button in web_buttons()), "perf-pane"]
    urls = [str(node.get("DefaultValue")) for node in root.iter()]
    for url in {url for url in urls if url.startswith("http")}:
        assert url.startswith(server.address)
        assert server.get(url.removeprefix(f"{server.address}/")).status == 200, url


def test_the_manifest_can_be_written_before_the_server_runs(tmp_path: Path) -> None:
    target = tmp_path / "manifest.xml"
    options = ("--behind-proxy", "--public-host", "perf.example", "--write-manifest", str(target))
    command = [sys.executable, "-m", "perf_addin", "serve", *options]
    subprocess.run(command, check=True, capture_output=True, timeout=60)
    with served("--behind-proxy", "--public-host", "perf.example") as running:
        assert running.get("manifest.xml", Host="perf.example").body == target.read_bytes()
    assert b'"https://perf.example/taskpane.html"' in target.read_bytes()


@pytest.mark.parametrize("button", (ButtonId.RECALCULATE, ButtonId.REPORT, ButtonId.CHECK))
def test_a_button_sends_what_gives_the_cells_of_the_command_line(
    button: ButtonId, server: Server, tmp_path: Path
) -> None:
    sample = SAMPLES[1]
    answer = server.post(f"perf/press/{button.value}?name=index.xlsx", sample.read_bytes())
    assert answer.status == 200
    done = cast("dict[str, Any]", answer.json)
    shown = load_workbook(sample, rich_text=True)
    run_actions(shown, done["actions"])
    assert_same(shown, in_file(sample, tmp_path / "file.xlsx", button))
    assert "24 indicators to Aug 2021: 3 red" in done["text"]
    assert len(done["actions"]) < 400


def test_explain_takes_the_selected_row(server: Server) -> None:
    where = "name=index.xlsx&sheet=Performance%20Index&row=9"
    answer = server.post(f"perf/press/explain?{where}", SAMPLES[1].read_bytes())
    done = cast("dict[str, Any]", answer.json)
    assert done["title"] == "Indicator 2"
    assert done["actions"] == []
    assert "Smallest change: 2.1 points more" in done["text"]


def test_the_overview_is_that_of_the_command_line_and_follows_the_period(server: Server) -> None:
    content = SAMPLES[1].read_bytes()
    found = cast("dict[str, Any]", server.post("perf/overview?name=i.xlsx", content).json)
    assert found["exceptions"] == ["2", "16", "22"]
    assert found["counts"] == {"R": 3, "A": 0, "G": 11, "not rated": 10}
    assert found["periods"][-1] == "Apr 2021"
    may = server.post("perf/overview?period=May%202021", content)
    assert cast("dict[str, Any]", may.json)["period"] == "May 2021"


@pytest.mark.parametrize(
    ("path", "body", "part"),
    (
        ("perf/overview?name=letter.xlsx", b"Dear all", "letter.xlsx"),
        ("perf/overview?name=..%2F..%2Fetc%2Fpasswd", b"", "passwd.xlsx"),
        ("perf/overview?period=nonsense", None, "expected a period such as"),
        ("perf/press/nonsense", None, "no button"),
        ("perf/press/selftest", None, "no button"),
        ("perf/press/explain?sheet=Lookups&row=1", None, "No indicator stands in row 1"),
    ),
)
def test_what_cannot_be_done_is_one_clear_message(
    path: str, body: bytes | None, part: str, server: Server
) -> None:
    answer = server.post(path, SAMPLES[1].read_bytes() if body is None else body)
    assert answer.status == 422
    detail = cast("dict[str, str]", answer.json)["detail"]
    assert part in detail
    assert "/tmp" not in detail  # noqa: S108 - no such path is shown
    assert "Traceback" not in detail


def test_pages_carry_security_headers_and_no_other_host_is_answered(server: Server) -> None:
    headers = {k.lower(): v for k, v in server.get("taskpane.html").headers.items()}
    assert "frame-ancestors 'self' https://*.office.com" in headers["content-security-policy"]
    assert headers["x-content-type-options"] == "nosniff"
    assert headers["referrer-policy"] == "no-referrer"
    assert "server" not in headers
    assert server.get("taskpane.html", Host="evil.example").status == 400


def test_a_workbook_that_is_too_large_is_refused() -> None:
    with served("--max-mb", "1") as running:
        answer = running.post("perf/overview", b"x" * (1 << 20))
        assert answer.status == 422
        answer = running.post("perf/overview", b"x" * ((1 << 20) + 1))
        assert answer.status == 413
        assert "1 MB" in cast("dict[str, str]", answer.json)["detail"]


def test_with_a_certificate_it_speaks_https(tmp_path: Path) -> None:
    key, certificate = tmp_path / "key.pem", tmp_path / "certificate.pem"
    made = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "localhost")])
    now = datetime.now(UTC)
    signed = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(made.public_key())
        .serial_number(1)
        .not_valid_before(now)
        .not_valid_after(now + timedelta(days=1))
        .add_extension(x509.SubjectAlternativeName([x509.DNSName("localhost")]), critical=False)
        .sign(made, hashes.SHA256())
    )
    kind, no_password = serialization.Encoding.PEM, serialization.NoEncryption()
    pkcs8 = serialization.PrivateFormat.PKCS8
    key.write_bytes(made.private_bytes(kind, pkcs8, no_password))
    certificate.write_bytes(signed.public_bytes(kind))
    with served("--cert", str(certificate), "--key", str(key), trusts=certificate) as running:
        assert running.address.startswith("https://localhost:")
        assert running.get("taskpane.html").status == 200
        assert (
            f'DefaultValue="{running.address}/taskpane.html"'
            in running.get("manifest.xml").body.decode()
        )


def test_with_a_token_file_only_who_has_the_key_is_served(tmp_path: Path) -> None:
    key = tmp_path / "key.txt"
    key.write_text("correct horse\n", encoding="utf-8")
    content = SAMPLES[1].read_bytes()
    with served("--token-file", str(key)) as running:
        assert running.post("perf/overview", content).status == 401
        assert running.post("perf/overview", content, Authorization="wrong").status == 401
        assert running.post("perf/overview", content, Authorization="correct horse").status == 200
        assert call(running, "RAG", [[[88]], [[91]]]).status == 401


def test_a_hook_says_who_may_use_it(tmp_path: Path) -> None:
    (tmp_path / "who.py").write_text(
        "async def name_of(token):\n    return 'Ann' if token == 'ann' else None\n",
        encoding="utf-8",
    )
    content = SAMPLES[1].read_bytes()
    path = {"PYTHONPATH": f"{tmp_path}{_more_path()}"}
    with served("--auth", "who:name_of", environment=path) as running:
        assert running.post("perf/overview", content, Authorization="ben").status == 401
        assert running.post("perf/overview", content, Authorization="ann").status == 200


def _more_path() -> str:
    import os  # noqa: PLC0415 - for this line

    known = os.environ.get("PYTHONPATH")
    return f"{os.pathsep}{known}" if known else ""


SAFE = {"host": "127.0.0.1", "cert": None, "key": None, "token_file": None, "auth": None}


@pytest.mark.parametrize(
    ("options", "part"),
    (
        ({"host": "192.0.2.1"}, "needs --token-file or --auth"),
        ({"host": "192.0.2.1", "auth": "who:name"}, "needs --cert and --key"),
        ({"cert": "missing.pem"}, "go together"),
        ({"cert": "missing.pem", "key": "missing.key"}, "no file missing.pem"),
        ({"token_file": "missing.txt"}, "no file missing.txt"),
        ({"auth": "who"}, "MODULE:FUNCTION"),
    ),
)
def test_what_is_unsafe_or_wrong_is_refused_before_anything_is_served(
    options: dict[str, str], part: str
) -> None:
    with pytest.raises(UsageError, match=part):
        check(Namespace(**{**SAFE, **options}, behind_proxy=False))


def test_without_a_licence_key_it_says_where_to_get_one(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("XLWINGS_LICENSE_KEY")
    with pytest.raises(UsageError, match="licence key"):
        check(Namespace(**SAFE, behind_proxy=False))


@pytest.mark.parametrize("host", ("127.0.0.1", "localhost", "::1", "[::1]"))
def test_this_machine_alone_needs_nothing(host: str) -> None:
    check(Namespace(**{**SAFE, "host": host}, behind_proxy=False))

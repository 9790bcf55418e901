"""Findings in the forms that other programs read: CSV for spreadsheets, SARIF for code hosts."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path
from urllib.parse import quote

from perf_addin.application.acceptance import HEADER
from perf_addin.application.finding_kinds import KINDS
from perf_addin.application.findings_page import line_of, remedy_of
from perf_addin.application.no_formula import as_no_formula
from perf_addin.application.rating_index import IndexResult
from perf_addin.domain.findings import Finding, Severity, by_severity
from perf_addin.entry.json_output import as_json, finding_json

_LEVELS = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.INFO: "note"}


def as_check_json(result: IndexResult, output: Path | None) -> dict[str, object]:
    """Give a check as plain data: that of `report`, with remedies and what was accepted.

    `output` is the file that the sheet of findings was written to, or None.
    """
    data = as_json(result, output)
    data["findings"] = [_plain(finding) for finding in result.findings]
    data["accepted"] = [
        {**_plain(each.finding), "accepted_because": each.reason} for each in result.accepted
    ]
    return data


def _plain(finding: Finding) -> dict[str, object]:
    return {**finding_json(finding), "remedy": remedy_of(finding.code)}


def as_csv(result: IndexResult) -> str:
    """Give the findings as CSV, errors first; no cell of it is a formula to a spreadsheet."""
    made = io.StringIO()
    writer = csv.writer(made, lineterminator="\r\n")
    writer.writerow(HEADER)
    reasons = {each.finding: each.reason for each in result.accepted}
    for finding in [*by_severity(result.findings), *reasons]:
        texts = line_of(finding, finding.severity.value, reasons.get(finding, ""))
        writer.writerow([as_no_formula(text) for text in texts])
    return made.getvalue()


def as_sarif(result: IndexResult, file: Path, version: str) -> str:
    """Give the findings as SARIF 2.1.0 (OASIS); what was accepted is suppressed, with the reason.

    Args:
        result: the check.
        file: the workbook.
        version: this program's.
    """
    reasons = {each.finding: each.reason for each in result.accepted}
    every = [*by_severity(result.findings), *reasons]
    codes = sorted({finding.code for finding in every})
    rules = [
        {
            "id": code,
            "shortDescription": {"text": KINDS[code].meaning.replace("`", "")},
            "help": {"text": remedy_of(code)},
        }
        for code in codes
    ]
    uri = quote(file.as_posix())
    results = [
        _sarif_result(finding, codes.index(finding.code), uri, reasons.get(finding))
        for finding in every
    ]
    driver = {"name": "perf-addin", "version": version, "rules": rules}
    run = {"tool": {"driver": driver}, "results": results}
    schema = "https://json.schemastore.org/sarif-2.1.0.json"
    return json.dumps({"$schema": schema, "version": "2.1.0", "runs": [run]}, indent=2)


def _sarif_result(finding: Finding, rule: int, uri: str, reason: str | None) -> dict[str, object]:
    location: dict[str, object] = {"physicalLocation": {"artifactLocation": {"uri": uri}}}
    if finding.place:
        location["logicalLocations"] = [{"fullyQualifiedName": finding.place}]
    result: dict[str, object] = {
        "ruleId": finding.code,
        "ruleIndex": rule,
        "level": _LEVELS[finding.severity],
        "message": {"text": finding.message},
        "locations": [location],
    }
    if reason is not None:
        result["suppressions"] = [{"kind": "external", "justification": reason}]
    return result

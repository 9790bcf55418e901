"""Generate a large performance index, written straight as XML the way Excel writes it."""

from __future__ import annotations

import random
import zipfile
from pathlib import Path
from xml.sax.saxutils import escape

_MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_DOC = "http://schemas.openxmlformats.org/officeDocument/2006"
_REL = "http://schemas.openxmlformats.org/package/2006"
_MONTHS = ("Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec", "Jan", "Feb", "Mar")
_FIXED = (
    "No",
    "Performance Indicators",
    "Service area",
    "Frequency",
    "Polarity",
    "Target 2021/22",
    "Lower limit",
    "Upper limit",
    "RAG",
    "England",
    "London",
    "Statistical neighbours",
)
_TAIL = ("Numerator", "Denominator", "Owner", "Source", "Notes", "Service commentary")
HEADINGS = (*_FIXED, *(f"{m} {21 if i < 9 else 22}" for i, m in enumerate(_MONTHS)), *_TAIL)
_STYLES = (
    f'<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n<styleSheet xmlns="{_MAIN}">'
    '<fonts count="2"><font><sz val="11"/><name val="Calibri"/></font>'
    '<font><b/><sz val="11"/><name val="Calibri"/></font></fonts>'
    '<fills count="2"><fill><patternFill patternType="none"/></fill>'
    '<fill><patternFill patternType="gray125"/></fill></fills>'
    '<borders count="1"><border><left/><right/><top/><bottom/><diagonal/></border></borders>'
    '<cellStyleXfs count="1"><xf numFmtId="0" fontId="0" fillId="0" borderId="0"/></cellStyleXfs>'
    '<cellXfs count="3"><xf numFmtId="0" fontId="0" fillId="0" borderId="0" xfId="0"/>'
    '<xf numFmtId="0" fontId="1" fillId="0" borderId="0" xfId="0" applyFont="1"/>'
    '<xf numFmtId="10" fontId="0" fillId="0" borderId="0" xfId="0" applyNumberFormat="1"/>'
    "</cellXfs>"
    '<cellStyles count="1"><cellStyle name="Normal" xfId="0" builtinId="0"/></cellStyles>'
    "</styleSheet>"
)


class _Strings:
    def __init__(self) -> None:
        self.index: dict[str, int] = {}
        self.uses = 0

    def add(self, text: str) -> int:
        self.uses += 1
        return self.index.setdefault(text, len(self.index))

    def xml(self) -> str:
        items = "".join(f"<si><t>{escape(text)}</t></si>" for text in self.index)
        return (
            '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
            f'<sst xmlns="{_MAIN}" count="{self.uses}" uniqueCount="{len(self.index)}">'
            f"{items}</sst>"
        )


def _letters(column: int) -> str:
    return chr(64 + column) if column <= 26 else "A" + chr(64 + column - 26)


def _formulas(row: int, *, figure: float, rating: str) -> dict[str, str]:
    """The cells with formulas of a row: last month, rating, and what depends on the rating."""
    check = "check" if rating == "R" else ""
    return {
        "X": f'<c r="X{row}" s="2"><f>Y{row}/Z{row}</f><v>{figure!r}</v></c>',
        "I": f'<c r="I{row}" t="str"><f>[1]!RAG(X{row},F{row},E{row})</f><v>{rating}</v></c>',
        "AB": f'<c r="AB{row}" t="str"><f>IF(I{row}="R","check","")</f><v>{check}</v></c>',
    }


def _rating(figure: float, target: float, polarity: str) -> str:
    miss = (target - figure) * (1 if polarity == "High" else -1)
    return "G" if miss <= 0 else "A" if miss <= target / 10 else "R"


def _sheet(rows: int, strings: _Strings, *, formulas: bool, seed: int) -> str:
    random_ = random.Random(seed)
    letters = [_letters(i) for i in range(1, len(HEADINGS) + 1)]
    out = [
        (
            '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
            f'<worksheet xmlns="{_MAIN}"><dimension ref="A1:{letters[-1]}{rows + 1}"/><sheetData>'
        )
    ]

    def text(at: str, row: int, value: str, style: int = 0) -> str:
        shown = f' s="{style}"' if style else ""
        return f'<c r="{at}{row}"{shown} t="s"><v>{strings.add(value)}</v></c>'

    out.append('<row r="1" spans="1:30">')
    out.extend(text(at, 1, h, 1) for at, h in zip(letters, HEADINGS, strict=True))
    out.append("</row>")
    for row in range(2, rows + 2):
        number = row - 1
        out.append(f'<row r="{row}" spans="1:30"><c r="A{row}"><v>{number}</v></c>')
        values: list[str | float | None] = [
            f"% of cases in service {number % 97} seen in time, measure {number}",
            f"Service {number % 12}",
            "Monthly",
            "High" if number % 3 else "Low",
            round(random_.uniform(0.6, 0.95), 2),
            0.5,
            0.99,
            None,
            round(random_.uniform(0.5, 1), 3),
            round(random_.uniform(0.5, 1), 3),
            round(random_.uniform(0.5, 1), 3),
            *(random_.uniform(0.55, 1) for _ in range(12)),
            random_.randint(20, 400),
            random_.randint(400, 800),
            f"Team {number % 40}",
            "Case system",
            f"Checked by team {number % 40}",
            f"The rate moved with demand in area {number % 500}." if number % 4 == 0 else None,
        ]
        written: dict[str, str] = {}
        if formulas:
            figure = float(values[23]) / float(values[24])  # type: ignore[arg-type]
            rating = _rating(figure, float(values[4]), str(values[3]))  # type: ignore[arg-type]
            written = _formulas(row, figure=figure, rating=rating)
        for at, value in zip(letters[1:], values, strict=True):
            if at in written:
                out.append(written[at])
            elif isinstance(value, str):
                out.append(text(at, row, value))
            elif value is None:
                out.append(f'<c r="{at}{row}"/>' if at == "I" else "")
            else:
                style = ' s="2"' if value < 1 else ""
                out.append(f'<c r="{at}{row}"{style}><v>{value!r}</v></c>')
        out.append("</row>")
    out.append('</sheetData><pageMargins left="0.7" right="0.7" top="0.75" bottom="0.75"')
    out.append(' header="0.3" footer="0.3"/></worksheet>')
    return "".join(out)


def make_index(path: Path | str, rows: int, *, formulas: bool = False, seed: int = 2021) -> None:
    """Write an index of `rows` indicators and 30 columns to `path`.

    With `formulas`, the last month, the rating and a column that depends on it are calculated, as
    Excel stores them, with the results that Excel would have stored. Another `seed` gives other
    figures and targets.
    """
    strings = _Strings()
    sheet = _sheet(rows, strings, formulas=formulas, seed=seed)
    content = f"{_REL}/content-types"
    kind = "application/vnd.openxmlformats-officedocument.spreadsheetml"
    parts = {
        "[Content_Types].xml": f'<Types xmlns="{content}"><Default Extension="rels" '
        'ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        f'<Override PartName="/xl/workbook.xml" ContentType="{kind}.sheet.main+xml"/>'
        f'<Override PartName="/xl/worksheets/sheet1.xml" ContentType="{kind}.worksheet+xml"/>'
        f'<Override PartName="/xl/styles.xml" ContentType="{kind}.styles+xml"/>'
        f'<Override PartName="/xl/sharedStrings.xml" ContentType="{kind}.sharedStrings+xml"/>'
        '<Override PartName="/docProps/app.xml" ContentType="application/vnd.openxmlformats-'
        'officedocument.extended-properties+xml"/></Types>',
        "_rels/.rels": f'<Relationships xmlns="{_REL}/relationships"><Relationship Id="rId1" '
        f'Type="{_DOC}/relationships/officeDocument" Target="xl/workbook.xml"/>'
        f'<Relationship Id="rId2" Type="{_DOC}/relationships/extended-properties" '
        'Target="docProps/app.xml"/></Relationships>',
        "xl/workbook.xml": f'<workbook xmlns="{_MAIN}" xmlns:r="{_DOC}/relationships"><sheets>'
        '<sheet name="Index" sheetId="1" r:id="rId1"/></sheets></workbook>',
        "xl/_rels/workbook.xml.rels": f'<Relationships xmlns="{_REL}/relationships">'
        f'<Relationship Id="rId1" Type="{_DOC}/relationships/worksheet" '
        'Target="worksheets/sheet1.xml"/>'
        f'<Relationship Id="rId2" Type="{_DOC}/relationships/styles" Target="styles.xml"/>'
        f'<Relationship Id="rId3" Type="{_DOC}/relationships/sharedStrings" '
        'Target="sharedStrings.xml"/></Relationships>',
        "docProps/app.xml": '<Properties xmlns="http://schemas.openxmlformats.org/officeDocument/'
        '2006/extended-properties"><Application>Microsoft Excel</Application></Properties>',
        "xl/styles.xml": _STYLES,
        "xl/worksheets/sheet1.xml": sheet,
        "xl/sharedStrings.xml": strings.xml(),
    }
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED, compresslevel=6) as package:
        for name, data in parts.items():
            package.writestr(
                zipfile.ZipInfo(name, (1980, 1, 1, 0, 0, 0)), data, zipfile.ZIP_DEFLATED, 6
            )

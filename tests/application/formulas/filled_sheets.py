"""Random sheets whose formulas were filled down, with the odd cell that was not."""

from __future__ import annotations

import random
import zipfile
from collections.abc import Mapping
from pathlib import Path
from xml.sax.saxutils import escape

from perf_addin.application.functions.values import ExcelError, Scalar
from perf_addin.application.grid import cell_name

MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_DOC = "http://schemas.openxmlformats.org/officeDocument/2006"
_REL = "http://schemas.openxmlformats.org/package/2006"
# `{r}` is the cell's own row, `{p}` the one before, `{n}` the one behind.
NATIVE = (
    "A{r}/B{r}", "A{r}-B{r}", "(A{r}+B{r})*2", "-A{r}", "A{r}*50%", "A{r}&B{r}", 'C{r}&"x"',
    'IF(C{r}="R","check","")', 'IF(A{r}>=B{r},"yes","no")', "IF(A{r},1,2)", "IFERROR(A{r}/B{r},0)",
    'IFERROR(A{r}/B{r},"")', "A{p}/B{n}", "A$2/B{r}", "$A{r}+1", "IF(C{r}<>D{r},A{r},B{r})",
    "IF(A{r}=B{r},A{r}*2)", "Data!A{r}*2", "A{r}", "C{r}", 'IF(C{r}="","",A{r}/B{r})', "+A{r}",
    'IF(E{r}="R",1,0)', "F{r}*2", 'IF(F{r}="","none",F{r})', "SUM(A{r}:D{r})", "AVERAGE(A{r}:C{r})",
    "COUNT(A{r}:F{r})", "MAX(A{r},C{r})", "MIN(A{r}:B{r})", "SUM(A{r}:A{n})", "AVERAGE(E{r}:F{r})",
    'IF(AND(A{r}>0.7,B{r}>0.7),"both",IF(OR(A{r}>0.7,C{r}="R"),"one","none"))', "NOT(A{r}>B{r})",
    "IF(ISBLANK(A{r}),0,ABS(A{r}-B{r}))", "SUM(A$2:B$2)+C{r}", "IF(NOT(C{r}=D{r}),1,2)",
    "E{r}&F{r}",
    "IF(F{r}>0.5,E{r},C{r})", 'IF(A{r}=1,"x",IF(B{r}=1,"y","z"))', "1.1-1-A{r}", "G{r}+1",
    'IF(C{r}="Q1",A{r},"H2 or Q3")', "LOG10(A{r})", "'Data'!B{r}+$A$2",
    "ROUND(A{r}/B{r},3)", "ROUND(A{r}*100,0)", "ROUND(A{r},2)", "ROUND(G{r},1)", 'A{r}&"%"',
    'C{r}&" "&A{r}*100', "CONCATENATE(A{r},C{r})", 'IF(ISNUMBER(A{r}),A{r}-B{r},"n/a")',
    "ISTEXT(C{r})", 'IF(ISERROR(E{r}),"",E{r})', "ISNA(F{r})", "_xlfn.IFNA(E{r},0)",
    "_xlfn.IFNA(A{r},B{r})",
    '_xlfn.IFS(A{r}>0.8,"high",A{r}>0.6,"middle",TRUE,"low")', '_xlfn.IFS(C{r}="R",1,C{r}="G",2)',
    "COUNTA(A{r}:F{r})", "COUNTBLANK(A{r}:F{r})", "COUNTA(E{r},B{r})/4",
    "ROUND(AVERAGE(A{r}:B{r}),2)", 'COUNTIF(C$2:C$9,"R")', "COUNTIF(C$2:C$9,C{r})", "SUM(A$2:A$9)",
    'COUNTIF(E$1:E$9,"G")', 'COUNTIFS(C$2:C$9,C{r},A$2:A$9,">0.75")', "A{r}/SUM(A$2:A$12)",
    'COUNTIF(Data!A$1:A$9,">=0.7")', "COUNTIF(A$2:A$9,A{r})", "COUNTA(C$2:C$20)",
    "COUNTBLANK(D$1:D$9)",
    "INDEX(A$2:A$12,MATCH(C{r},C$2:C$12,0))", "VLOOKUP(C{r},C$2:F$9,2,FALSE)",
    'IFERROR(VLOOKUP("r",Data!C$1:D$9,2,0),"")', "MATCH(A{r},Data!A$1:A$9,0)", "INDEX(B$2:B$9,2)",
    'IFERROR(INDEX(Data!B$1:B$9,MATCH(A{r},A$2:A$9,FALSE)),"none")', "MATCH(E{r},E$2:E$9,0)",
    "RAG(A{r},VLOOKUP(C{r},C$2:D$9,1,FALSE))",
    'IF(COUNTIF(E$2:E$9,"R")>0,"red","")', "AVERAGE(A$1:A$9)", "MAX(F$2:F$9)", 'COUNTIF(D2:D9,"g")',
)  # fmt: skip
CALLS = (
    "RAG(A{r},B{r})", "[1]!RAG(A{r},B{r},C{r})", "_xldudf_RAG(A{r},0.9)", 'RAG(F{r},B{r},"Low")',
    "RAGWHY(A{r},B{r})", "RAGRANGE(A{r},B{r},D{r})", "BREACH(A{r},$B$2,)", "DOT(A{r},A{p})",
    'IFERROR(RAG(A{r},B{r}),"")', 'IF(ISNUMBER(A{r}),RAG(A{r},B{r}),"")', "RAG(ROUND(A{r},2),B{r})",
    'IF(RAG(A{r},B{r})="R","!","")', "AGAINST(A{r},B{r})", "_xll.RAGBAND(A{r},0.9,0.8)",
    'RAG(A{r},B{r},,"5%")', 'RAG("x",B{r})', "RAG(E{r},B{r})", "RAG(A{r})", "RAG(G{r},Data!A{r})",
)  # fmt: skip
_ODD: tuple[Scalar, ...] = (
    None, "", "text", "High", "Low", "R", "3/4/2021", "88%", "n/a", True, False,
    ExcelError.DIV0, ExcelError.NA, 0.0, 1.0, -2.5, 1e300, 88.0, 12345678901.5,
)  # fmt: skip
Cells = dict[tuple[int, int], Scalar]
Formulas = dict[tuple[int, int], str]


class Sheet:
    """Constants and formulas of one sheet by row and column, and which columns share formulas."""

    def __init__(self, seed: int) -> None:
        """Draw a sheet: A to D hold constants, E to H formulas."""
        draw = self._draw = random.Random(seed)
        self.rows = draw.randint(1, 12)
        self.oddness = draw.choice((0.0, 0.0, 0.02, 0.2))
        self.constants: Cells = {}
        self.formulas: Formulas = {}
        self.shared: set[int] = set()
        for column in range(1, 5):
            self._fill(column)
        for column in range(5, 5 + draw.randint(1, 4)):
            self._fill_down(column)

    def _fill(self, column: int) -> None:
        draw = self._draw
        kind = draw.choice(("numbers", "numbers", "numbers", "texts"))
        for row in range(1, self.rows + 4):
            value: Scalar = round(draw.uniform(0.5, 1), 3)
            if kind == "texts":
                value = draw.choice(("High", "Low", "R", "G", "r", ""))
            if draw.random() < self.oddness:
                value = draw.choice(_ODD)
            if value is not None:
                self.constants[row, column] = value

    def _fill_down(self, column: int) -> None:
        draw = self._draw
        template = draw.choice(CALLS if draw.random() < 0.5 else NATIVE)
        if draw.random() < 0.2:
            self.shared.add(column)
        for row in range(2, self.rows + 2):
            chosen = template
            if draw.random() < self.oddness / 2:
                self.shared.discard(column)
                chosen = draw.choice(CALLS + NATIVE)
            if draw.random() < self.oddness / 4:
                self.shared.discard(column)
                self.constants[row, column] = draw.choice(_ODD)
                continue
            self.formulas[row, column] = chosen.format(r=row, p=row - 1, n=row + 1)

    def xml_of_constants(self) -> str:
        """The sheet's part without formulas."""
        self.formulas.clear()
        return self.xml({})

    def xml(self, stored: Mapping[tuple[int, int], Scalar]) -> str:
        """The sheet's part, with results."""
        out = [f'<worksheet xmlns="{MAIN}"><sheetData>']
        places = sorted({*self.constants, *self.formulas})
        for row in sorted({row for row, _ in places}):
            cells = "".join(self._cell(at, stored) for at in places if at[0] == row)
            out.append(f'<row r="{row}">{cells}</row>')
        return "".join(out) + "</sheetData></worksheet>"

    def _cell(self, at: tuple[int, int], stored: Mapping[tuple[int, int], Scalar]) -> str:
        formula = self.formulas.get(at)
        value = stored.get(at) if formula is not None else self.constants.get(at)
        kind, text = shown(value)
        element = "" if formula is None else f"<f>{escape(formula)}</f>"
        if formula is not None and at[1] in self.shared:
            first = min(place for place in self.formulas if place[1] == at[1])
            last = max(place for place in self.formulas if place[1] == at[1])
            element = f'<f t="shared" si="{at[1]}"/>'
            if at == first:
                area = f"{cell_name(*first)}:{cell_name(*last)}"
                element = f'<f t="shared" ref="{area}" si="{at[1]}">{escape(formula)}</f>'
        result = "" if value is None else f"<v>{escape(text)}</v>"
        return f'<c r="{cell_name(*at)}"{kind}>{element}{result}</c>'


def shown(value: Scalar) -> tuple[str, str]:
    """A value's type attribute and its text, as Excel stores a result."""
    if isinstance(value, bool):
        return ' t="b"', str(int(value))
    if isinstance(value, ExcelError):
        return ' t="e"', value.value
    if isinstance(value, str):
        return ' t="str"', value
    return "", "" if value is None else repr(value)


def write(path: Path, index: str, data: str, *, program: str = "Microsoft Excel") -> None:
    """Save two sheets, Index and Data, as a workbook that a program saved."""
    office = f"{_DOC}/relationships"
    kind = "application/vnd.openxmlformats-officedocument.spreadsheetml"
    parts = {
        "[Content_Types].xml": f'<Types xmlns="{_REL}/content-types"><Default Extension="rels" '
        'ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        f'<Override PartName="/xl/workbook.xml" ContentType="{kind}.sheet.main+xml"/>'
        f'<Override PartName="/xl/sheet1.xml" ContentType="{kind}.worksheet+xml"/>'
        f'<Override PartName="/xl/sheet2.xml" ContentType="{kind}.worksheet+xml"/></Types>',
        "_rels/.rels": f'<Relationships xmlns="{_REL}/relationships"><Relationship Id="rId1" '
        f'Type="{office}/officeDocument" Target="xl/workbook.xml"/><Relationship Id="rId2" '
        f'Type="{office}/extended-properties" Target="docProps/app.xml"/></Relationships>',
        "xl/workbook.xml": f'<workbook xmlns="{MAIN}" xmlns:r="{office}"><sheets>'
        '<sheet name="Index" sheetId="1" r:id="rId1"/><sheet name="Data" sheetId="2" r:id="rId2"/>'
        "</sheets></workbook>",
        "xl/_rels/workbook.xml.rels": f'<Relationships xmlns="{_REL}/relationships">'
        f'<Relationship Id="rId1" Type="{office}/worksheet" Target="sheet1.xml"/>'
        f'<Relationship Id="rId2" Type="{office}/worksheet" Target="sheet2.xml"/></Relationships>',
        "docProps/app.xml": f'<Properties xmlns="{_DOC}/extended-properties">'
        f"<Application>{program}</Application></Properties>",
        "xl/sheet1.xml": index,
        "xl/sheet2.xml": data,
    }
    with zipfile.ZipFile(path, "w") as package:
        for name, text in parts.items():
            package.writestr(name, text)

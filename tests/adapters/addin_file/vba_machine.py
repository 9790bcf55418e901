"""The add-in's macros run by pyOpenVBA's interpreter, with xlwings' real path behind them.

What stands in for Excel: the interpreter's object model, and `Application.Caller`, which it lacks.
What stands in for COM: the conversion of values here. All else is the code that ships.
"""

from __future__ import annotations

from typing import Any

from pyopenvba.apps.excel import ExcelApplication
from pyopenvba.apps.excel._model import Application, Range
from pyopenvba.interpreter._objects import MemberSpec, VBAObject, method
from pyopenvba.interpreter._values import (
    EMPTY,
    NOTHING,
    VBAArray,
    VBAErrorValue,
    VBAInt,
    error,
)

from perf_addin.adapters.addin_file.project import modules
from perf_addin.application.vba.functions import ERROR_NUMBERS
from perf_addin.entry.desktop_functions import ERROR_BASE
from tests.com_stand_in import called

# What is not run: xlwings' module, which the stand-in replaces, and its class for the Mac.
NOT_RUN = {"xlwings", "Dictionary", "ThisWorkbook"}
STAND_IN = """Attribute VB_Name = "xlwings"
Public Const XLWINGS_VERSION As String = "0.37.8"
Public StandIn As Object
Public Started As Long
Public Function XLPy() As Object
    Started = Started + 1
    Set XLPy = StandIn
End Function
Public Interpreter As String
Public Function GetConfig(configKey As String, Optional default As String = "") As Variant
    GetConfig = Interpreter
End Function
Public Files As String
Public Function GetAttr(path As String) As Long
    If InStr(Files, "|" & path & "|") = 0 Then Err.Raise 53
    GetAttr = 32
End Function
Public Sub SetUpFor(path As String, present As String)
    Interpreter = path
    Files = present
End Sub
Public Sub Use(machine As Object)
    Set StandIn = machine
End Sub
"""
_ERRORS = {number: error for error, number in ERROR_NUMBERS.items()}


class Server(VBAObject):  # type: ignore[misc] # pyOpenVBA does not say its types
    """xlwings' server as VBA sees it."""

    vba_type_name = "XLPython"

    def __init__(self, server: Any) -> None:  # noqa: ANN401 - xlwings has no types
        """Put it before xlwings' own."""
        self.server = server
        self.seen: list[tuple[str, list[object]]] = []
        self.fails_with: list[int] = []
        self.done: list[tuple[str, ...]] = []

    @method(name="Str")  # type: ignore[untyped-decorator]
    def text(self, value: object) -> object:
        """Give a text back: a sign of life."""
        return str(value)

    @method(name="Module")  # type: ignore[untyped-decorator]
    def module(self, name: object) -> object:
        """Give a module, by its name."""
        return str(name)

    @method(name="SetAttr")  # type: ignore[untyped-decorator]
    def set_attribute(self, module: object, name: object, value: object) -> object:
        """Note what is set."""
        self.done.append(("set", str(module), str(name), type(value).__name__))
        return EMPTY

    @method(name="Exec")  # type: ignore[untyped-decorator]
    def execute(self, statement: object) -> object:
        """Note what would be run."""
        if self.fails_with:
            raise error(self.fails_with.pop(0), "Python said no.")
        self.done.append(("run", str(statement)))
        return EMPTY

    @method(name="CallUDF")  # type: ignore[untyped-decorator]
    def call_udf(
        self, script: object, name: object, arguments: object, book: object, caller: object
    ) -> object:
        """Answer as the Python process would, or fail as COM does."""
        if self.fails_with:
            raise error(self.fails_with.pop(0), "The remote procedure call failed.")
        given = [to_python(item) for item in list_of(arguments)]
        self.seen.append((str(name), given))
        assert (str(script), book, caller) == (
            "perf_addin.entry.desktop_functions",
            NOTHING,
            NOTHING,
        )
        try:
            return to_vba(called(self.server, str(name), given))
        except Exception as problem:
            raise error(-2147352567, repr(problem)) from problem


def list_of(array: object) -> list[object]:
    assert isinstance(array, VBAArray)
    return list(array.elements())


def to_python(value: object) -> object:
    """A VBA value as pywin32 hands it to Python: errors as numbers, rows as tuples."""
    if isinstance(value, VBAArray):
        assert value.dimensions == 2, "Python is given rows"
        (top, bottom), (left, right) = value.bounds
        return tuple(
            tuple(to_python(value.get([row, column])) for column in range(left, right + 1))
            for row in range(top, bottom + 1)
        )
    if value is EMPTY:
        return None
    if isinstance(value, VBAErrorValue):
        return value.number + ERROR_BASE
    if isinstance(value, VBAInt):
        return float(value)
    assert value is None or isinstance(value, (bool, int, float, str)), repr(value)
    return value


def to_vba(value: object) -> object:
    """What pywin32 gives back: rows as an array of two dimensions, one row as one of one."""
    if not isinstance(value, (list, tuple)):
        return value
    if value and isinstance(value[0], (list, tuple)):
        rows, columns = len(value), len(value[0])
        made = VBAArray([(0, rows - 1), (0, columns - 1)])
        for row in range(rows):
            for column in range(columns):
                made.set([row, column], value[row][column])
        return made
    return VBAArray([(0, len(value) - 1)], items=list(value))


class Machine:
    """The add-in's macros and an empty workbook."""

    def __init__(self, server: Any) -> None:  # noqa: ANN401 - xlwings has no types
        """Load the macros and start nothing."""
        self.app = ExcelApplication()
        self.app.add_workbook()
        for module in modules():
            if module.name not in NOT_RUN:
                self.app.add_module(module.source, name=module.name)
        self.app.add_module(STAND_IN, name="xlwings")
        self.server = Server(server)
        self.app.run("Use", self.server)

    def range(self, reference: str) -> Range:
        """A range of the first sheet."""
        found = self.app.sheet(1).sheet.vba_get("Range", [reference])
        assert isinstance(found, Range)
        return found

    def call(self, name: str, *arguments: object) -> object:
        """Call a wrapper as a cell would; errors come back as their text."""
        return in_words(self.app.run(name, *arguments))


def calls_from(monkeypatch: Any, place: Range) -> None:  # noqa: ANN401 - pytest's
    """Let formulas seem to stand in a cell."""
    spec = MemberSpec(name="Caller", kind="property", getter=lambda _: place)
    monkeypatch.setitem(Application._vba_members, "caller", spec)


def in_words(value: object) -> object:
    if isinstance(value, list):
        return [in_words(item) for item in value]
    if isinstance(value, VBAErrorValue):
        return _ERRORS[value.number].value
    return value


def described_to(monkeypatch: Any, *, refuses: int = 0) -> list[dict[str, object]]:  # noqa: ANN401
    """Note what the function wizard is told; Excel refuses so many times."""
    told: list[dict[str, object]] = []
    left = [refuses]

    def macro_options(
        _: object,
        Macro: object,  # noqa: N803 - Excel's names
        Description: object,  # noqa: N803
        Category: object,  # noqa: N803
        ArgumentDescriptions: object,  # noqa: N803
    ) -> object:
        if left[0]:
            left[0] -= 1
            raise error(1004, "Cannot edit a macro on a hidden workbook.")
        arguments = list_of(ArgumentDescriptions)
        told.append({"macro": Macro, "help": Description, "of": Category, "arguments": arguments})
        return EMPTY

    names = ("Macro", "Description", "Category", "ArgumentDescriptions")
    spec = MemberSpec(name="MacroOptions", kind="method", getter=macro_options, parameters=names)
    monkeypatch.setitem(Application._vba_members, "macrooptions", spec)
    return told

"""The VBA of the worksheet functions: a wrapper and the wizard's help for each declaration."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from perf_addin.application.buttons import ButtonId
from perf_addin.application.functions import (
    FUNCTIONS,
    Argument,
    ExcelError,
    Kind,
    WorksheetFunction,
)
from perf_addin.application.own_sheets import SETTINGS
from perf_addin.application.settings_sheet import SETTINGS as KNOWN
from perf_addin.application.vba.writing import literal, module

PYTHON_FUNCTIONS = "perf_addin.entry.desktop_functions"
PYTHON_BUTTONS = "perf_addin.entry.desktop"
UNDO_BUTTON = "undo"
STATED = ("tolerance", "polarity")

# VBA's numbers of the errors that a cell can show.
ERROR_NUMBERS = {
    ExcelError.NULL: 2000,
    ExcelError.DIV0: 2007,
    ExcelError.VALUE: 2015,
    ExcelError.REF: 2023,
    ExcelError.NAME: 2029,
    ExcelError.NUM: 2036,
    ExcelError.NA: 2042,
    ExcelError.SPILL: 2045,
    ExcelError.CALC: 2050,
}

# Excel shows no more of a description, neither of a function nor of an argument.
LONGEST_HELP = 255


def wrappers(functions: Iterable[WorksheetFunction] = FUNCTIONS) -> str:
    """The module `PerfFunctions`: what a cell calls, one VBA function for each declaration."""
    return module("PerfFunctions", (line for f in functions for line in _wrapper(f)))


def _wrapper(function: WorksheetFunction) -> Iterator[str]:
    parameters = ", ".join(_parameter(argument) for argument in function.arguments)
    given = [f"Stated({literal(_setting_name(attribute))})" for attribute in STATED]
    given += (_given(argument) for argument in function.arguments)
    name = function.name
    yield f"Public Function {name}({parameters}) As Variant"
    yield "    On Error GoTo Failed"
    yield f"    {name} = Answered({literal(name)}, Array( _"
    yield f"        {', '.join(given)}))"
    yield "    Exit Function"
    yield "Failed:"
    yield f"    {name} = Refused({literal(name)}, Err.Description)"
    yield "End Function"
    yield ""


def _parameter(argument: Argument) -> str:
    optional = "Optional " if argument.optional else ""
    return f"{optional}ByVal {argument.name} As Variant"


def _given(argument: Argument) -> str:
    helper = "PlainUsed" if argument.kind is Kind.WHOLE else "Plain"
    return f"{helper}({argument.name})"


def _setting_name(attribute: str) -> str:
    return next(setting.name for setting in KNOWN if setting.attribute == attribute)


def descriptions(functions: Iterable[WorksheetFunction] = FUNCTIONS) -> str:
    """The module `PerfHelp`: what the function wizard says of each function and argument."""
    lines = ["Public Sub DescribeFunctions()"]
    for function in functions:
        stated = (literal(text) for text in (function.name, function.category))
        lines.append(f"    Describe {', '.join(stated)}, _")
        lines.append(f"        {literal(function_help(function))}, Array( _")
        texts = [literal(argument_help(argument)) for argument in function.arguments]
        lines += [f"        {text}, _" for text in texts[:-1]]
        lines.append(f"        {texts[-1]})")
    return module("PerfHelp", (*lines, "End Sub"), private=True)


def function_help(function: WorksheetFunction) -> str:
    """The summary, and as many whole sentences of the help as Excel shows."""
    shown = function.summary
    for sentence in " ".join(function.help.split()).replace(". ", ".\n").splitlines():
        if len(shown) + 1 + len(sentence) > LONGEST_HELP:
            break
        shown += f" {sentence}"
    return shown


def argument_help(argument: Argument) -> str:
    """What an argument is and, where there is room, what is taken when it is left out."""
    text = " ".join(argument.help.split())
    longer = f"{text} Left out: {argument.default}."
    return longer if argument.optional and len(longer) <= LONGEST_HELP else text


def constants() -> str:
    """The module `PerfNames`: what the hand-written modules need to know of the declarations."""
    first, second = SETTINGS.names
    stated = {
        "PYTHON_FUNCTIONS": PYTHON_FUNCTIONS,
        "PYTHON_BUTTONS": PYTHON_BUTTONS,
        "SETTINGS_NAME": first,
        "SETTINGS_OTHER_NAME": second,
        "SETTINGS_MARK": SETTINGS.mark,
        "HELP_BUTTON": ButtonId.HELP.value,
        "UNDO_BUTTON": UNDO_BUTTON,
    }
    lines = [f"Public Const {name} As String = {literal(text)}" for name, text in stated.items()]
    lines += [
        "",
        "' The number of the error whose text this is; 0 where it is none.",
        "Public Function ErrorNumber(ByVal text As String) As Long",
        "    Select Case text",
    ]
    lines += [
        f"        Case {literal(error.value)}: ErrorNumber = {number}"
        for error, number in ERROR_NUMBERS.items()
    ]
    return module("PerfNames", (*lines, "    End Select", "End Function"), private=True)

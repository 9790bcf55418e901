"""The use case: put the scalar rating functions into a workbook, as names that need no add-in."""

from __future__ import annotations

from perf_addin.application.lambdas import OWNER, lambda_names
from perf_addin.application.own_sheets import SETTINGS
from perf_addin.application.ports import NamedFunctions
from perf_addin.domain.errors import OutputError
from perf_addin.domain.findings import Finding, Severity


def init_functions(workbook: NamedFunctions) -> tuple[Finding, ...]:
    """Add the functions, or renew those that an earlier version put there.

    Defaults come from the Settings sheet where the workbook has one. A function whose name somebody
    else has in the workbook is left out.

    Returns:
        A finding for each function that was left out.

    Raises:
        OutputError: somebody else has the name of a helper, without which no function works.
    """
    taken = workbook.names_taken(OWNER)
    settings = SETTINGS.find(workbook.sheets)
    names = lambda_names(settings.name if settings is not None else None)
    left_out = [name for name in names if name.name.casefold() in taken]
    helper = next((name.name for name in left_out if name.hidden), None)
    if helper is not None:
        raise OutputError(
            f"{workbook.name} has a name {helper} of its own, which the functions need. Rename it "
            "in Excel (Formulas, Name Manager) and try again.",
            name=workbook.name,
        )
    workbook.put_functions([name for name in names if name not in left_out])
    return tuple(_taken(name.name) for name in left_out)


def _taken(name: str) -> Finding:
    return Finding(
        "name-taken",
        Severity.WARNING,
        f"the workbook has a name {name} of its own, which was left as it is; the function {name} "
        "was not added. Rename the other and try again",
    )

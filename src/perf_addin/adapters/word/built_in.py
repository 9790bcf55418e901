"""The templates that come with the package."""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path

import perf_addin
from perf_addin.domain.errors import InputError


class Form(StrEnum):
    """How the details of a paper are told."""

    TABLES = "tables"
    NARRATIVE = "narrative"


_NAMES = {
    Form.TABLES: "committee_paper.docx",
    Form.NARRATIVE: "committee_paper_narrative.docx",
}


def built_in(form: Form) -> Path:
    """Where a template is: in the installed package, or in the checkout that is being worked on.

    Raises:
        InputError: it is in neither, so the installation is not complete.
    """
    package = Path(perf_addin.__file__).resolve().parent
    places = (package / "templates", package.parent.parent / "templates")
    for folder in places:
        if (folder / _NAMES[form]).is_file():
            return folder / _NAMES[form]
    raise InputError(
        f"The template {_NAMES[form]} is not in {places[0]}. Install perf-addin again, or name a "
        "template with --template.",
        file=_NAMES[form],
    )

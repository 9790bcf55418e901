"""How control charts are reckoned: the method that the settings name, and what else was asked."""

from __future__ import annotations

from typing import NamedTuple

from perf_addin.application.settings import Settings
from perf_addin.domain.spc import OFFICIAL, PLOT_THE_DOTS, Method


class Asked(NamedTuple):
    """Named options of the control charts; None follows the method that the settings name.

    Attributes:
        run: how many points make a run or a trend.
        beyond: whether a point outside a limit counts for two of three near it.
        improvement_first: whether improvement wins where rules of both directions are met.
        fewest: how many figures limits take.
    """

    run: int | None = None
    beyond: bool | None = None
    improvement_first: bool | None = None
    fewest: int | None = None


def method_of(settings: Settings, asked: Asked) -> Method:
    """How charts are reckoned: by the method that the settings name, and what was asked for."""
    base = OFFICIAL if settings.official_spc else PLOT_THE_DOTS
    if settings.screening is not None:
        base = base._replace(screen=settings.screening)
    stated = {name: value for name, value in asked._asdict().items() if value is not None}
    return base._replace(**stated)

"""The text of the desktop add-in, made from the declarations of functions and buttons."""

from __future__ import annotations

from perf_addin.application.vba.buttons import button_subs, ribbon_xml
from perf_addin.application.vba.functions import constants, descriptions, wrappers

__all__ = ["button_subs", "constants", "descriptions", "ribbon_xml", "wrappers"]

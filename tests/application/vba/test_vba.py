"""The add-in's text: within what VBA and Excel take, and in step with the declarations."""

from __future__ import annotations

import re
from xml.etree import ElementTree as ET

import pytest

from perf_addin.application.buttons import BUTTONS, TAB_KEY, TAB_LABEL
from perf_addin.application.functions import FUNCTIONS
from perf_addin.application.vba import (
    button_subs,
    constants,
    descriptions,
    ribbon_xml,
    wrappers,
)
from perf_addin.application.vba.buttons import NAMESPACE
from perf_addin.application.vba.functions import LONGEST_HELP, argument_help, function_help
from perf_addin.application.vba.writing import ENCODING, LONGEST_LINE, literal

UI = f"{{{NAMESPACE}}}"
# What Office takes of labels, tips and keys.
LONGEST_TIP, LONGEST_KEY = 1024, 3


@pytest.mark.parametrize("made", (wrappers, descriptions, constants, button_subs))
def test_modules_are_within_what_the_editor_takes(made: object) -> None:
    text = made()  # type: ignore[operator]
    assert max(map(len, text.splitlines())) <= LONGEST_LINE
    text.encode(ENCODING)
    continued = re.findall(r"(?:.* _\n)+", text)
    assert max((block.count("\n") for block in continued), default=0) <= 24


def test_texts_become_literals() -> None:
    assert literal('say "G"') == '"say ""G"""'
    with pytest.raises(ValueError, match="one line"):
        literal("two\nlines")


def test_the_wizard_is_told_of_every_function_and_argument() -> None:
    text = descriptions()
    for function in FUNCTIONS:
        assert f'    Describe "{function.name}", {literal(function.category)}, _' in text
        assert function_help(function).startswith(function.summary)
        assert len(function_help(function)) <= LONGEST_HELP
        for argument in function.arguments:
            shown = argument_help(argument)
            assert literal(shown) in text
            assert len(shown) <= LONGEST_HELP
            assert argument.default in shown


def test_every_button_has_its_procedure_and_every_procedure_its_button() -> None:
    called = [b.get("onAction") for b in ET.fromstring(ribbon_xml()).iter(f"{UI}button")]
    subs = button_subs()
    defined = re.findall(r"^Public Sub (\w+)\(control As IRibbonControl\)$", subs, re.MULTILINE)
    assert called == defined
    assert len(set(called)) == len(BUTTONS)
    pressed = re.findall(r'^    Press "(\w+)"$', subs, re.MULTILINE)
    assert pressed == [button.id.value for button in BUTTONS]


def test_the_ribbon_shows_what_the_buttons_say() -> None:
    root = ET.fromstring(ribbon_xml())
    (tab,) = root.iter(f"{UI}tab")
    assert (tab.get("label"), tab.get("keytip")) == (TAB_LABEL, TAB_KEY)
    groups = [group.get("label") for group in tab]
    assert groups == list(dict.fromkeys(button.group for button in BUTTONS))
    for shown, button in zip(root.iter(f"{UI}button"), BUTTONS, strict=True):
        texts = [shown.get(name, "") for name in ("label", "screentip", "supertip", "keytip")]
        assert texts == [button.label, button.tip, button.help, button.key]
        assert max(map(len, texts)) <= LONGEST_TIP
    identities = [element.get("id") for element in root.iter() if element.get("id")]
    assert len(identities) == len(set(identities))
    keys = [button.key for button in BUTTONS]
    assert len(set(keys)) == len(keys)
    assert all(len(key) <= LONGEST_KEY for key in (*keys, TAB_KEY))

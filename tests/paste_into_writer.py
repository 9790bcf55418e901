"""Copies a range from LibreOffice Calc and pastes it into a new Writer document.

Run by LibreOffice's own Python (`python3` with the `uno` module), as a person would do it: select
the range, copy, paste as formatted text. Arguments: port, workbook, sheet, range, target (.odt).
"""

from __future__ import annotations

import sys
import time
from pathlib import Path

import uno  # type: ignore[import-not-found]
from com.sun.star.beans import PropertyValue  # type: ignore[import-not-found]


def _property(name: str, value: object) -> object:
    made = PropertyValue()
    made.Name, made.Value = name, value
    return made


def _connect(port: str) -> object:
    local = uno.getComponentContext()
    resolver = local.ServiceManager.createInstanceWithContext(
        "com.sun.star.bridge.UnoUrlResolver", local
    )
    for _ in range(120):
        try:
            return resolver.resolve(
                f"uno:socket,host=127.0.0.1,port={port};urp;StarOffice.ComponentContext"
            )
        except Exception:  # noqa: BLE001 - uno has no narrower class for "not up yet"
            time.sleep(0.25)
    message = "LibreOffice did not answer"
    raise SystemExit(message)


def main() -> None:
    """Do it."""
    port, workbook, sheet, area, target = sys.argv[1:]
    context = _connect(port)
    services = context.ServiceManager  # type: ignore[attr-defined]
    desktop = services.createInstanceWithContext("com.sun.star.frame.Desktop", context)
    dispatch = services.createInstanceWithContext("com.sun.star.frame.DispatchHelper", context)
    calc = desktop.loadComponentFromURL(Path(workbook).as_uri(), "_blank", 0, ())
    frame = calc.CurrentController.Frame
    calc.CurrentController.setActiveSheet(calc.Sheets.getByName(sheet))
    dispatch.executeDispatch(frame, ".uno:GoToCell", "", 0, (_property("ToPoint", area),))
    dispatch.executeDispatch(frame, ".uno:Copy", "", 0, ())
    writer = desktop.loadComponentFromURL("private:factory/swriter", "_blank", 0, ())
    formatted = 51  # the clipboard format "HTML", which keeps fills and borders
    dispatch.executeDispatch(
        writer.CurrentController.Frame,
        ".uno:ClipboardFormatItems",
        "",
        0,
        (_property("SelectedFormat", formatted),),
    )
    writer.storeToURL(Path(target).as_uri(), (_property("FilterName", "writer8"),))
    writer.storeToURL(
        Path(target).with_suffix(".pdf").as_uri(), (_property("FilterName", "writer_pdf_Export"),)
    )
    writer.close(True)
    calc.close(True)
    desktop.terminate()


if __name__ == "__main__":
    main()

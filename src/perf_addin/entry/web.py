"""The routes of the web add-in: an open workbook's bytes in, what to do in Excel out."""

from __future__ import annotations

import re
import secrets
from collections.abc import Callable
from importlib import import_module
from inspect import isawaitable
from os import environ, sep
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, TypeVar

from fastapi import APIRouter, HTTPException, Request
from fastapi.responses import FileResponse
from starlette.concurrency import run_in_threadpool
from xlwings_server import dependencies
from xlwings_server.config import settings
from xlwings_server.models import User
from xlwings_server.templates import templates

from perf_addin import __version__
from perf_addin.adapters.live.applying import apply_changes
from perf_addin.adapters.web.files import excel_files
from perf_addin.adapters.web.manifest import ribbon_groups, web_buttons
from perf_addin.adapters.web.page_setup import page_setups
from perf_addin.adapters.web.remote_book import actions_of, remote_book
from perf_addin.application.buttons import TAB_LABEL, ButtonId, button_of
from perf_addin.application.help_text import help_text
from perf_addin.application.pressing import Selected, press
from perf_addin.application.recording import RecordedWorkbook
from perf_addin.domain.errors import PerfAddinError, UsageError
from perf_addin.entry.log_file import logger
from perf_addin.entry.ribbon import open_snapshot, overview, settings_for

T = TypeVar("T")

AUTH, TOKEN_FILE = "PERF_ADDIN_AUTH", "PERF_ADDIN_TOKEN_FILE"
_UNAUTHORIZED, _NOT_FOUND, _UNPROCESSABLE = 401, 404, 422
_LONGEST_NAME = 120

router = APIRouter(prefix=f"{settings.app_path}/perf")
templates.env.globals.update(
    ribbon_groups=ribbon_groups(),
    pane_buttons=web_buttons(),
    tab_label=TAB_LABEL,
    perf_addin_version=__version__,
    signs_in=bool(settings.auth_providers),
)


@router.post("/overview")
async def overview_of(
    request: Request, _user: dependencies.User, name: str = "", period: str = ""
) -> dict[str, object]:
    """The ratings at a glance, for the workbook in the body."""
    return await _with_snapshot(request, name, lambda path: overview(path, period))


@router.post("/press/{button_id}")
async def pressed(  # noqa: PLR0913, PLR0917 - each is a part of the request
    request: Request,
    _user: dependencies.User,
    button_id: str,
    name: str = "",
    period: str = "",
    sheet: str = "",
    row: int = 0,
) -> dict[str, object]:
    """What a button does to the workbook in the body: actions for xlwings, and a message."""
    selected = Selected(sheet, row) if sheet and row > 0 else None
    return await _with_snapshot(
        request, name, lambda path: _press(button_id, path, name, period, selected)
    )


@router.get("/icons/{name}")
async def icon(name: str) -> FileResponse:
    """An icon of a button, or of the add-in."""
    known = {path.name: path for path in excel_files("icons").glob("*.png")}
    if name not in known:
        raise HTTPException(_NOT_FOUND)
    return FileResponse(known[name], media_type="image/png")


@router.get("/support")
async def support(request: Request) -> object:
    """The page that the manifest names for help."""
    return templates.TemplateResponse(
        request=request, name="support.html", context={"paragraphs": _help().split("\n\n")}
    )


async def _with_snapshot(request: Request, name: str, work: Callable[[Path], T]) -> T:
    """Work on the request's body, outside the event loop."""
    content = await request.body()
    try:
        return await run_in_threadpool(_work_on, content, name, work)
    except PerfAddinError as error:
        raise HTTPException(_UNPROCESSABLE, detail=str(error)) from None
    except Exception:
        logger().exception("%s", request.url.path)
        raise


def _work_on(content: bytes, name: str, work: Callable[[Path], T]) -> T:
    """Work on bytes as a file that is there only meanwhile; errors do not name its folder."""
    with TemporaryDirectory(prefix="perf-addin-") as folder:
        path = Path(folder, file_name(name))
        path.write_bytes(content)
        try:
            return work(path)
        except PerfAddinError as error:
            raise type(error)(str(error).replace(f"{folder}{sep}", "")) from None


def file_name(stated: str) -> str:
    """A workbook's name as a file may have it; one without the right ending gets it."""
    last = re.split(r"[\\/]", stated)[-1]
    plain = "".join(c for c in last if c.isprintable() and c not in '<>:"|?*')[-_LONGEST_NAME:]
    plain = plain.strip(". ")
    return plain if plain.lower().endswith((".xlsx", ".xlsm")) else f"{plain or 'Workbook'}.xlsx"


def _press(
    button_id: str, path: Path, name: str, period: str, selected: Selected | None
) -> dict[str, object]:
    button = button_of(button_id)
    if button is None or button not in web_buttons():
        raise UsageError(f"There is no button {button_id!r}; load the add-in anew.")
    if button.id is ButtonId.HELP:
        return {"title": "Help", "text": _help(), "shows": None, "actions": [], "pages": []}
    workbook = open_snapshot(path)
    names = [sheet.name for sheet in workbook.sheets]
    recorded = RecordedWorkbook(workbook, name or path.name)
    told = press(button.id, recorded, settings_for(period), selected)
    book = remote_book(recorded.name, names)
    try:
        apply_changes(book, recorded.changes)
        actions: list[dict[str, Any]] = actions_of(book)
    finally:
        book.close()
    return {
        "title": told.title,
        "text": told.text,
        "shows": told.shows,
        "actions": actions,
        "pages": page_setups(recorded.changes),
    }


def _help() -> str:
    return help_text(__version__)


async def validate_token(token: str) -> User:
    """Say who somebody is by what came in the header Authorization.

    A token file holds the one token that everybody uses; a hook `module:function` takes the token
    and gives a name, or None, and may be a coroutine.

    Raises:
        HTTPException: 401, where the token is none that is known.
    """
    name = None
    if environ.get(AUTH):
        module, _, function = environ[AUTH].partition(":")
        found = getattr(import_module(module), function)(token)
        name = await found if isawaitable(found) else found
    elif environ.get(TOKEN_FILE):
        name = await run_in_threadpool(_by_token_file, token)
    if not name:
        raise HTTPException(_UNAUTHORIZED, detail="The access key is not known. Enter it anew.")
    return User(id=str(name), name=str(name))


def _by_token_file(token: str) -> str | None:
    expected = Path(environ[TOKEN_FILE]).read_text(encoding="utf-8").strip()
    known = bool(expected) and secrets.compare_digest(token.encode(), expected.encode())
    return "whoever has the access key" if known else None

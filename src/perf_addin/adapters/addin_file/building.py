"""Building `perf_addin.xlam`: the VBA project, the ribbon and its pictures in one package."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterator, Mapping
from xml.sax.saxutils import escape

from perf_addin import __version__
from perf_addin.adapters.addin_file import sources
from perf_addin.adapters.addin_file.project import blank_with, modules
from perf_addin.application.buttons import BUTTONS
from perf_addin.application.desktop.machine import FILE_NAME
from perf_addin.application.vba import ribbon_xml

__all__ = ["FILE_NAME", "build", "version_of"]

TITLE = "Performance"
_PICTURE_PIXELS = 64

_RIBBON = "customUI/customUI14.xml"
_RIBBON_TYPE = "http://schemas.microsoft.com/office/2007/relationships/ui/extensibility"
_PICTURE_TYPE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/image"
_RELATIONS = "http://schemas.openxmlformats.org/package/2006/relationships"
_PROPERTIES = "docProps/core.xml"
_DECLARATION = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'

# One moment for every build, so that the same sources give the same bytes; zip knows none earlier.
_MOMENT = (1980, 1, 1, 0, 0, 0)


def build() -> bytes:
    """The add-in; the same sources give the same bytes.

    Raises:
        InputError: a library or the sources are missing.
    """
    parts = _with_ribbon(_read(blank_with(modules())))
    parts[_PROPERTIES] = _properties()
    stored = io.BytesIO()
    with zipfile.ZipFile(stored, "w", zipfile.ZIP_DEFLATED) as package:
        for name, content in parts.items():
            info = zipfile.ZipInfo(name, _MOMENT)
            info.compress_type = zipfile.ZIP_DEFLATED
            info.create_system = 0
            package.writestr(info, content)
    return stored.getvalue()


def _read(package: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(package)) as stored:
        return {name: stored.read(name) for name in stored.namelist()}


def _with_ribbon(parts: Mapping[str, bytes]) -> dict[str, bytes]:
    """The parts, the ribbon and its pictures among them."""
    changed = dict(parts)
    changed["[Content_Types].xml"] = _before(
        parts["[Content_Types].xml"],
        b"<Override ",
        '<Default Extension="png" ContentType="image/png"/>',
    )
    relation = f'<Relationship Id="ribbon" Type="{_RIBBON_TYPE}" Target="{_RIBBON}"/>'
    changed["_rels/.rels"] = _before(parts["_rels/.rels"], b"</Relationships>", relation)
    changed[_RIBBON] = ribbon_xml().encode()
    changed["customUI/_rels/customUI14.xml.rels"] = _picture_relations().encode()
    changed.update(_pictures())
    return changed


def _before(xml: bytes, mark: bytes, added: str) -> bytes:
    """XML with something added before the first mark."""
    at = xml.index(mark)
    return xml[:at] + added.encode() + xml[at:]


def _picture_relations() -> str:
    relations = "".join(
        f'<Relationship Id="{button.id.value}" Type="{_PICTURE_TYPE}" '
        f'Target="images/{button.id.value}.png"/>'
        for button in BUTTONS
    )
    return f'{_DECLARATION}<Relationships xmlns="{_RELATIONS}">{relations}</Relationships>'


def _pictures() -> Iterator[tuple[str, bytes]]:
    for button in BUTTONS:
        picture = sources.icon(button.id.value, _PICTURE_PIXELS)
        yield f"customUI/images/{button.id.value}.png", picture


def _properties() -> bytes:
    """Title and version, which Excel shows in its list of add-ins and `doctor` compares."""
    core = "http://schemas.openxmlformats.org/package/2006/metadata/core-properties"
    dublin = "http://purl.org/dc/elements/1.1/"
    about = "Ratings, exception reports and committee papers from a performance index."
    return (
        f'{_DECLARATION}<cp:coreProperties xmlns:cp="{core}" xmlns:dc="{dublin}">'
        f"<dc:title>{TITLE}</dc:title><dc:creator>perf-addin contributors</dc:creator>"
        f"<dc:description>{escape(about)}</dc:description>"
        f"<cp:version>{escape(__version__)}</cp:version></cp:coreProperties>"
    ).encode()


def version_of(addin: bytes) -> str | None:
    """The version that an add-in file states; None where it is not one of ours."""
    try:
        properties = _read(addin)[_PROPERTIES].decode()
    except (zipfile.BadZipFile, KeyError, UnicodeDecodeError):
        return None
    before, found, rest = properties.partition("<cp:version>")
    if not found or f"<dc:title>{TITLE}</dc:title>" not in before:
        return None
    return rest.partition("<")[0]

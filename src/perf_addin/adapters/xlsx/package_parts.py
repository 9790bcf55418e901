"""The parts of an Excel file: read when asked for, replaced, added, and put together again."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Iterator, Sequence

from perf_addin.adapters.xlsx.assembling import Changes, assemble
from perf_addin.adapters.xlsx.begun import Begun, expanded
from perf_addin.adapters.xlsx.container import Container, Member
from perf_addin.adapters.xlsx.deflate import DEFLATED, BadDataError, Packed, pack, unpack
from perf_addin.adapters.xlsx.opening import StrPath
from perf_addin.adapters.xlsx.relations import Relationship
from perf_addin.adapters.xlsx.xml_text import as_utf8
from perf_addin.domain.declaring import TYPE_CHECKING
from perf_addin.domain.errors import InputError

if TYPE_CHECKING:
    from typing import TypeVar

    Read = TypeVar("Read")

Content = bytes | Iterable[bytes]


class PackageParts:
    """The parts of an Excel file by their names, and changes that are saved with `chunks`.

    Part names have forward slashes and no leading one. They are found in any case, as Excel does,
    and with backslashes.
    """

    def __init__(self, path: StrPath, container: Container, begun: Begun) -> None:
        """Bind a file's bytes; what was begun of it is taken where it is asked for."""
        self.path = path
        self.as_read = container.raw
        self._container = container
        self._stored = container.by_name()
        self._replaced: dict[str, Packed] = {}
        self._added: dict[str, Packed] = {}
        self._removed: dict[str, list[int]] = {}
        # Size and checksum of parts whose text was handed out in another encoding than stored.
        self._recoded: dict[str, tuple[int, int]] = {}
        self._relations: dict[str, Sequence[Relationship]] = {}  # as the parts are now
        self._begun = begun

    @property
    def name(self) -> str:
        """The file's name as a person would recognise it."""
        return os.path.basename(self.path)

    @property
    def part_names(self) -> Sequence[str]:
        """Every part in the order of the file, new ones last."""
        return (*(self._spelling(key) for key in self._stored), *self._added)

    def __contains__(self, name: object) -> bool:
        """Whether there is such a part."""
        return isinstance(name, str) and self._find(name) is not None

    @property
    def changed(self) -> bool:
        """Whether anything would be saved that differs from the file as it was read."""
        return bool(self._replaced or self._added or self._removed)

    def read(self, name: str) -> bytes:
        """A part's bytes as they are now.

        Raises:
            InputError: there is no such part, or it is damaged or larger than it states.
        """
        found = self._find(name)
        if found is None:
            raise self._container.damaged(f"it has no part {name}")
        key = found.casefold()
        packed = self._added.get(found) or self._replaced.get(key)
        try:
            if packed is not None:
                return unpack(b"".join(packed.pieces), DEFLATED, packed.size, packed.crc)
            member, begun = self._member(key), self._begun
            if begun.ahead is not None and begun.part == member.name:
                self._begun = begun._replace(ahead=None)
                return begun.ahead.take()
            return expanded(self._container, member)
        except BadDataError as error:
            raise self._container.damaged(f"the part {found} cannot be read; {error}") from error

    def read_xml(self, name: str) -> bytes:
        """A part's XML as it is now, in UTF-8 without a byte order mark.

        Raises:
            InputError: as `read`; or it declares entities, or is in an unknown encoding.
        """
        data = self.read(name)
        text = self._of_this(lambda: as_utf8(data, self._where(name)))
        if text is not data:
            packed = pack(text)
            self._recoded[(self._find(name) or name).casefold()] = (packed.size, packed.crc)
        return text

    def replace(self, name: str, data: Content) -> None:
        """Give a part new content; where it is what is stored, the stored bytes stay.

        Args:
            name: a part that is there.
            data: all of it, or pieces that can be gone through more than once. It is deflated at
                once, so that a large sheet need not be held until it is saved.

        Raises:
            InputError: there is no such part, or the file is signed.
        """
        found = self._find(name)
        if found is None:
            raise self._container.damaged(f"it has no part {name}")
        packed = pack(data)
        key = found.casefold()
        if key.endswith(".rels"):
            self._relations = {}
        if found in self._added:
            self._added[found] = packed
        elif self._is_stored(key, packed, data):
            self._replaced.pop(key, None)
        else:
            self._begin_change()
            self._container.stored(self._member(key))
            self._replaced[key] = packed

    def chunks(self) -> Iterator[bytes]:
        """The file as it would be saved; without a change, exactly the file that was read."""
        if not self.changed:
            return iter((self.as_read,))
        replaced = {i: packed for key, packed in self._replaced.items() for i in self._stored[key]}
        removed = {index for indexes in self._removed.values() for index in indexes}
        return assemble(self._container, Changes(replaced, removed, self._added))

    def _find(self, name: str) -> str | None:
        """A part's name in the file's own spelling."""
        key = name.replace("\\", "/").removeprefix("/").casefold()
        if key in self._stored:
            return self._spelling(key)
        return next((added for added in self._added if added.casefold() == key), None)

    def _spelling(self, key: str) -> str:
        return self._container.members[self._stored[key][0]].name

    def _of_this(self, read: Callable[[], Read]) -> Read:
        """What a reading gives; what it refuses is about this file."""
        try:
            return read()
        except InputError as error:
            error.about(self.path)
            raise

    def _where(self, name: str) -> str:
        return f"the part {name}"

    def _member(self, key: str) -> Member:
        return self._container.members[self._stored[key][0]]

    def _is_stored(self, key: str, packed: Packed, data: Content) -> bool:
        """Whether content is what the file holds; looked at only where size and checksum agree."""
        member = self._member(key)
        if (packed.size, packed.crc) == (member.size, member.crc):
            from perf_addin.adapters.xlsx.comparing import holds  # noqa: PLC0415 - most differ

            return holds(self._container.stored(member), member.method, data)
        return self._recoded.get(key) == (packed.size, packed.crc)

    def _add(self, name: str, data: Content) -> None:
        if name in self:
            message = f"The part {name} is there already."
            raise ValueError(message)
        self._added[name] = pack(data)
        self._relations = {}

    def _take_out(self, keys: Iterable[str]) -> None:
        self._relations = {}
        for key in keys:
            self._removed[key] = self._stored.pop(key)
            self._replaced.pop(key, None)

    def _begin_change(self) -> None:
        """Told before the first change is made; raises where none may be."""
        raise NotImplementedError

"""An Excel file as named parts; what is not touched is saved exactly as it was stored."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator, Sequence

from perf_addin.adapters.xlsx import opening
from perf_addin.adapters.xlsx.assembling import Changes, assemble
from perf_addin.adapters.xlsx.container import Container, Member, read_container
from perf_addin.adapters.xlsx.deflate import (
    DEFLATED,
    BadDataError,
    Packed,
    holds,
    pack,
    unpack,
)
from perf_addin.adapters.xlsx.limits import DEFAULT_LIMITS, Limits
from perf_addin.adapters.xlsx.opening import StrPath
from perf_addin.adapters.xlsx.relations import (
    CONTENT_TYPES,
    EMPTY_RELATIONS,
    RELATIONS_TYPE,
    ContentTypes,
    Relationship,
    added_relation,
    read_relations,
    relations_part,
    relative_target,
    without_relations,
)
from perf_addin.adapters.xlsx.signatures import (
    SIGNATURE_ORIGIN,
    SIGNATURE_TYPES,
    refusal,
    signed_parts,
)
from perf_addin.adapters.xlsx.xml_text import as_utf8

Content = bytes | Iterable[bytes]
_MAIN = "/officeDocument"


class Package:
    """The parts of an Excel file, read when asked for, and changes that are saved with `chunks`.

    Part names have forward slashes and no leading one. They are found in any case, as Excel does,
    and with backslashes.
    """

    def __init__(self, path: StrPath, container: Container, *, drop_signatures: bool) -> None:
        """Bind a file's bytes; use `open`."""
        self.path = path
        self.as_read = container.raw
        self._container = container
        self._drop_signatures = drop_signatures
        self._stored = container.by_name()
        self._replaced: dict[str, Packed] = {}
        self._added: dict[str, Packed] = {}
        self._removed: dict[str, list[int]] = {}
        # Size and checksum of parts whose text was handed out in another encoding than stored.
        self._recoded: dict[str, tuple[int, int]] = {}
        self._relations: dict[str, Sequence[Relationship]] = {}  # as the parts are now
        self._is_unsigned = False

    @classmethod
    def open(
        cls,
        path: StrPath,
        *,
        limits: Limits = DEFAULT_LIMITS,
        drop_signatures: bool = False,
        content: bytes | None = None,
    ) -> Package:
        """Read a file and check that it is a workbook which is safe to work with.

        Args:
            path: the file; it is not kept open.
            limits: how large it may be.
            drop_signatures: whether a change may drop digital signatures, which it would break.
            content: the file where it was read already; `path` is only what messages call it.

        Raises:
            InputError: it cannot be read, is something else, damaged, encrypted or unsafe.
        """
        raw = opening.read_file(path, limits) if content is None else content
        opening.refuse_other_formats(path, raw)
        container = read_container(raw, str(path), limits)
        package = cls(path, container, drop_signatures=drop_signatures)
        main = package._main_relation()
        opening.refuse_other_kinds(path, main.target, package.content_type(main.target))
        opening.refuse_strict(path, main.type, package.read_xml(main.target))
        return package

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

    @property
    def workbook_part(self) -> str:
        """The part that lists the sheets."""
        return self._main_relation().target

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
            member = self._member(key)
            return unpack(self._container.stored(member), member.method, member.size, member.crc)
        except BadDataError as error:
            raise self._container.damaged(f"the part {found} cannot be read; {error}") from error

    def read_xml(self, name: str) -> bytes:
        """A part's XML as it is now, in UTF-8 without a byte order mark.

        Raises:
            InputError: as `read`; or it declares entities, or is in an unknown encoding.
        """
        data = self.read(name)
        text = as_utf8(data, self._where(name))
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
        self._relations = {}
        if found in self._added:
            self._added[found] = packed
        elif self._is_stored(key, packed, data):
            self._replaced.pop(key, None)
        else:
            self._begin_change()
            self._container.stored(self._member(key))
            self._replaced[key] = packed

    def add(self, name: str, data: Content, content_type: str) -> None:
        """Add a part, and say in the content types what kind it is.

        Raises:
            InputError: the file is signed, or its content types cannot be read.
        """
        self._begin_change()
        self._add(name, data)
        types = self._types()
        if types.of(name) != content_type or content_type != RELATIONS_TYPE:
            self.replace(CONTENT_TYPES, types.added(name, content_type))

    def drop(self, name: str, owner: str, kind: str) -> None:
        """Take out a part that only `owner` points to, by relationships of a kind.

        Raises:
            InputError: the file is signed, or the relationships are damaged.
        """
        self._begin_change()
        relations = relations_part(self._find(owner) or owner)
        xml = without_relations(self.read_xml(relations), self._where(relations), kind)
        key = (self._find(name) or name).casefold()
        types = self._types().without(frozenset({key}))
        self.replace(relations, xml)
        self.replace(CONTENT_TYPES, types)
        self._take_out([key])

    def relationships(self, name: str) -> Sequence[Relationship]:
        """What a part points to, in the order of the file; "" is the package itself.

        Raises:
            InputError: the part's relationships are damaged.
        """
        known = self._relations.get(name)
        if known is None:
            part = relations_part(self._find(name) or name)
            known = ()
            if part in self:
                xml = self.read_xml(part)
                known = tuple(read_relations(xml, self._where(part), name, self._find))
            self._relations[name] = known
        return known

    def relate(self, name: str, type: str, target: str) -> str:  # noqa: A002 - the format's word
        """Make a part point to another; gives the relationship's id.

        Raises:
            InputError: the file is signed, or the part's relationships are damaged.
        """
        self._begin_change()
        owner = self._find(name) or name
        part = relations_part(owner)
        if part not in self:
            self.add(part, EMPTY_RELATIONS, RELATIONS_TYPE)
        xml, made = added_relation(
            self.read_xml(part), self._where(part), type, relative_target(owner, target)
        )
        self.replace(part, xml)
        return made

    def content_type(self, name: str) -> str:
        """What kind a part is; empty where the file does not say.

        Raises:
            InputError: the content types are missing or damaged.
        """
        return self._types().of(self._find(name) or name)

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

    def _where(self, name: str) -> str:
        return f"{self.path}: the part {name}"

    def _member(self, key: str) -> Member:
        return self._container.members[self._stored[key][0]]

    def _is_stored(self, key: str, packed: Packed, data: Content) -> bool:
        """Whether content is what the file holds; looked at only where size and checksum agree."""
        member = self._member(key)
        if (packed.size, packed.crc) == (member.size, member.crc):
            return holds(self._container.stored(member), member.method, data)
        return self._recoded.get(key) == (packed.size, packed.crc)

    def _add(self, name: str, data: Content) -> None:
        if name in self:
            message = f"The part {name} is there already."
            raise ValueError(message)
        self._added[name] = pack(data)
        self._relations = {}

    def _types(self) -> ContentTypes:
        if CONTENT_TYPES not in self:
            raise opening.no_workbook(self.path)
        return ContentTypes(self.read_xml(CONTENT_TYPES), self._where(CONTENT_TYPES))

    def _main_relation(self) -> Relationship:
        for relation in self.relationships(""):
            if relation.type.endswith(_MAIN) and not relation.external:
                return relation
        raise opening.no_workbook(self.path)

    def _begin_change(self) -> None:
        """Refuse a signed file, or take its signatures out before the first change."""
        if self._is_unsigned:
            return
        signed = signed_parts(self)
        if not signed:
            self._is_unsigned = True
            return
        if not self._drop_signatures:
            raise refusal(str(self.path))
        root = relations_part("")
        relations = without_relations(self.read_xml(root), self._where(root), SIGNATURE_ORIGIN)
        types = self._types().without(signed, SIGNATURE_TYPES)
        for part, xml in ((CONTENT_TYPES, types), (root, relations)):
            self._replaced[part.casefold()] = pack(xml)
        self._take_out(signed & self._stored.keys())

    def _take_out(self, keys: Iterable[str]) -> None:
        self._relations = {}
        for key in keys:
            self._removed[key] = self._stored.pop(key)
            self._replaced.pop(key, None)

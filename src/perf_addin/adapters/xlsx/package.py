"""An Excel file as named parts; what is not touched is saved exactly as it was stored."""

from __future__ import annotations

from collections.abc import Sequence

from perf_addin.adapters.xlsx import opening
from perf_addin.adapters.xlsx.begun import Begun
from perf_addin.adapters.xlsx.container import Container, read_container
from perf_addin.adapters.xlsx.deflate import pack
from perf_addin.adapters.xlsx.opening import DEFAULT_LIMITS, Limits, StrPath
from perf_addin.adapters.xlsx.package_parts import Content, PackageParts
from perf_addin.adapters.xlsx.relations import (
    CONTENT_TYPES,
    RELATIONS_TYPE,
    ContentTypes,
    Relationship,
    read_relations,
    relations_part,
)
from perf_addin.domain.declaring import TYPE_CHECKING

if TYPE_CHECKING:
    from perf_addin.domain.errors import InputError

_MAIN = "/officeDocument"
_SIGNED, _SIGNED_FOLDER = "/digital-signature/", "_xmlsignatures/"


class Package(PackageParts):
    """The parts of an Excel file, what they are and what they point to."""

    def __init__(
        self, path: StrPath, container: Container, begun: Begun, *, drop_signatures: bool
    ) -> None:
        """Bind a file's bytes; use `open`."""
        super().__init__(path, container, begun)
        self._drop_signatures = drop_signatures
        self._is_unsigned = False

    @classmethod
    def open(
        cls,
        path: StrPath,
        *,
        limits: Limits = DEFAULT_LIMITS,
        drop_signatures: bool = False,
        content: bytes | Begun | None = None,
    ) -> Package:
        """Read a file and check that it is a workbook which is safe to work with.

        Args:
            path: the file; it is not kept open.
            limits: how large it may be.
            drop_signatures: whether a change may drop digital signatures, which it would break.
            content: the file where it was read already; `path` is only what messages call it.
                A part of it may be expanded already, or soon be.

        Raises:
            InputError: it cannot be read, is something else, damaged, encrypted or unsafe.
        """
        if not isinstance(content, Begun):
            content = Begun(opening.read_file(path, limits) if content is None else content)
        raw = content.content
        opening.refuse_other_formats(path, raw)
        container = read_container(raw, str(path), limits)
        package = cls(path, container, content, drop_signatures=drop_signatures)
        main = package._main_relation()
        opening.refuse_other_kinds(path, main.target, package.content_type(main.target))
        opening.refuse_strict(path, main.type, package.read_xml(main.target))
        return package

    @property
    def workbook_part(self) -> str:
        """The part that lists the sheets."""
        return self._main_relation().target

    def add(self, name: str, data: Content, content_type: str) -> None:
        """Add a part, and say in the content types what kind it is.

        Raises:
            InputError: the file is signed, or its content types cannot be read.
        """
        self._begin_change()
        self._add(name, data)
        types = self._types()
        if types.of(name) != content_type or content_type != RELATIONS_TYPE:
            from perf_addin.adapters.xlsx.relation_edits import added_type  # noqa: PLC0415

            self.replace(CONTENT_TYPES, added_type(types, name, content_type))

    def drop(self, name: str, owner: str, kind: str) -> None:
        """Take out a part that only `owner` points to, by relationships of a kind.

        Raises:
            InputError: the file is signed, or the relationships are damaged.
        """
        from perf_addin.adapters.xlsx.relation_edits import (  # noqa: PLC0415 - not for ratings
            without_relations,
            without_types,
        )

        self._begin_change()
        relations = relations_part(self._find(owner) or owner)
        xml = without_relations(self.read_xml(relations), self._where(relations), kind)
        key = (self._find(name) or name).casefold()
        types = without_types(self._types(), frozenset({key}))
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
                where = self._where(part)
                known = self._of_this(lambda: tuple(read_relations(xml, where, name, self._find)))
            self._relations[name] = known
        return known

    def relate(self, name: str, type: str, target: str) -> str:  # noqa: A002 - the format's word
        """Make a part point to another; gives the relationship's id.

        Raises:
            InputError: the file is signed, or the part's relationships are damaged.
        """
        from perf_addin.adapters.xlsx.relation_edits import (  # noqa: PLC0415 - not for ratings
            EMPTY_RELATIONS,
            added_relation,
            relative_target,
        )

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

    def _types(self) -> ContentTypes:
        if CONTENT_TYPES not in self:
            raise self._no_workbook()
        xml = self.read_xml(CONTENT_TYPES)
        return self._of_this(lambda: ContentTypes(xml, self._where(CONTENT_TYPES)))

    def _main_relation(self) -> Relationship:
        for relation in self.relationships(""):
            if relation.type.endswith(_MAIN) and not relation.external:
                return relation
        raise self._no_workbook()

    def _no_workbook(self) -> InputError:
        from perf_addin.adapters.xlsx.other_files import no_workbook  # noqa: PLC0415 - most are one

        return no_workbook(self.path)

    def _begin_change(self) -> None:
        """Refuse a signed file, or take its signatures out before the first change."""
        if self._is_unsigned:
            return
        if self._shows_signatures():
            self._drop_signed()
        else:
            self._is_unsigned = True

    def _shows_signatures(self) -> bool:
        """Whether anything looks like a digital signature; few workbooks have one."""
        return any(_SIGNED in r.type for r in self.relationships("")) or any(
            name.casefold().startswith(_SIGNED_FOLDER) for name in self.part_names
        )

    def _drop_signed(self) -> None:
        from perf_addin.adapters.xlsx import relation_edits, signatures  # noqa: PLC0415 - few are

        signed = signatures.signed_parts(self)
        if not signed:
            self._is_unsigned = True
            return
        if not self._drop_signatures:
            raise signatures.refusal(str(self.path))
        root = relations_part("")
        relations = relation_edits.without_relations(
            self.read_xml(root), self._where(root), signatures.SIGNATURE_ORIGIN
        )
        types = relation_edits.without_types(self._types(), signed, signatures.SIGNATURE_TYPES)
        for part, xml in ((CONTENT_TYPES, types), (root, relations)):
            self._replaced[part.casefold()] = pack(xml)
        self._take_out(signed & self._stored.keys())

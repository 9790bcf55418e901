"""What is wrong with a template: unknown fields, tags that do not fit, and where they stand."""

from __future__ import annotations

import re
import traceback
from collections.abc import Iterator, Mapping, Sequence
from difflib import get_close_matches

from docx.document import Document
from jinja2 import TemplateSyntaxError, nodes
from jinja2.sandbox import ImmutableSandboxedEnvironment

from perf_addin.adapters.word.template_text import Line, lines_of
from perf_addin.application.paper.fields import ROW_SHAPES, SHAPES, Shape

_Kind = Shape | None  # None: whatever it is, it is not looked into
_ROW = "row"
_Scope = Mapping[str, "Shape | str | None"]
_OPENING = frozenset({"for", "if", "with", "macro", "filter", "call", "block", "autoescape"})
_BLOCK = re.compile(r"\{%(?P<prefix>p|tr|tc|r)?(?=[\s-])-?\s*(?P<word>\w+)(?P<rest>.*?)%\}")
_FREE = ("loop", "range", "dict", "cycler", "joiner", "namespace", "lipsum", "true", "false")


def problems_of(
    document: Document,
    environment: ImmutableSandboxedEnvironment,
    context: Mapping[str, object],
) -> Iterator[str]:
    """Say everything that is wrong with a template, each with its place.

    Args:
        document: the template.
        environment: what it will be filled by.
        context: what it will be filled with.
    """
    lines = list(lines_of(document))
    broken = list(_half_tags(lines))
    if broken:
        yield from broken
        return
    source = "\n".join(line.text for line in lines)
    try:
        tree = environment.parse(source)
        environment.compile(source)
    except TemplateSyntaxError as error:
        yield f"{_place(lines, error.lineno)}: {error.message}"
        return
    wrong = list(dict.fromkeys(_Fields(lines).walk(tree.body, SHAPES))) + list(_torn(lines))
    yield from wrong
    if not wrong:
        yield from _failing(source, lines, environment, context)


def _half_tags(lines: Sequence[Line]) -> Iterator[str]:
    """Tags that a paragraph mark cuts in two."""
    for line in lines:
        for start, end in (("{{", "}}"), ("{%", "%}")):
            if line.text.count(start) != line.text.count(end):
                yield f"{line.place}: a tag begins with {start} and ends with {end}, here not both"


def _torn(lines: Sequence[Line]) -> Iterator[str]:
    """Blocks that begin in one cell or table and end in another, which would tear the document."""
    opened: list[tuple[Line, object]] = []
    for line in lines:
        for tag in _BLOCK.finditer(line.shown):
            word, within = tag["word"], line.container(tag["prefix"] or "p")
            if word in _OPENING or (word == "set" and "=" not in tag["rest"]):
                opened.append((line, within))
            elif opened and (word.startswith("end") or word in {"else", "elif"}):
                begun, container = opened[-1]
                if word.startswith("end"):
                    opened.pop()
                if container is not within:
                    yield (
                        f"{line.place}: what it belongs to begins in another place, {begun.place}. "
                        "{%p ... %} must begin and end in one cell, {%tr ... %} in one table"
                    )


def _place(lines: Sequence[Line], number: int) -> str:
    return lines[min(max(number, 1), len(lines)) - 1].place if lines else "the template"


def _failing(
    source: str,
    lines: Sequence[Line],
    environment: ImmutableSandboxedEnvironment,
    context: Mapping[str, object],
) -> Iterator[str]:
    """What goes wrong only when the tags are worked out, such as a division by nothing."""
    try:
        environment.from_string(source).render(context)
    except Exception as error:  # noqa: BLE001 - a template's expressions can raise anything
        frames = traceback.extract_tb(error.__traceback__)
        numbers = [f.lineno for f in frames if f.filename == "<template>" and f.lineno]
        yield f"{_place(lines, numbers[-1] if numbers else 1)}: {error}"


class _Fields:
    """Finds names in a template that are no fields."""

    def __init__(self, lines: Sequence[Line]) -> None:
        self._lines = lines

    def walk(self, body: Sequence[nodes.Node], scope: _Scope) -> Iterator[str]:
        """Look at the parts of a template, in order."""
        known = dict(scope)
        for node in body:
            if isinstance(node, nodes.For):
                yield from self._for(node, known)
            elif isinstance(node, nodes.Name):
                yield from self._name(node, known)
            elif isinstance(node, nodes.Getattr | nodes.Getitem):
                yield from self._part(node, known)
            elif isinstance(node, nodes.Assign):
                yield from self.walk([node.node], known)
                known.update(dict.fromkeys(_names(node.target)))
            else:
                inner = known | dict.fromkeys(_declared(node))
                yield from self.walk(list(node.iter_child_nodes()), inner)

    def _for(self, node: nodes.For, known: _Scope) -> Iterator[str]:
        yield from self.walk([node.iter], known)
        held = _kind(node.iter, known)
        element = _ROW if held is Shape.ROWS else Shape.TEXT if held is Shape.LIST else None
        inner = {**known, **dict.fromkeys(_names(node.target), element), "loop": None}
        if held is Shape.TEXT:
            yield f"{self._at(node)}: a loop needs a field of paragraphs or rows, not a text"
        yield from self.walk([*([node.test] if node.test else []), *node.body], inner)
        yield from self.walk(node.else_, known)

    def _name(self, node: nodes.Name, known: _Scope) -> Iterator[str]:
        if node.ctx == "load" and node.name not in known and node.name not in _FREE:
            yield f"{self._at(node)}: no field is named {node.name!r}.{_near(node.name, known)}"

    def _part(self, node: nodes.Getattr | nodes.Getitem, known: _Scope) -> Iterator[str]:
        yield from self.walk([node.node], known)
        if isinstance(node, nodes.Getitem):
            yield from self.walk([node.arg], known)
        held, part = _kind(node.node, known), _part_name(node)
        if part is None or held is None:
            return
        if held is not _ROW:
            owner = node.node.name if isinstance(node.node, nodes.Name) else "it"
            yield f"{self._at(node)}: {owner!r} is no row, so it has no {part!r}"
        elif part not in ROW_SHAPES:
            near = _near(part, ROW_SHAPES)
            yield f"{self._at(node)}: a row has no field named {part!r}.{near}"

    def _at(self, node: nodes.Node) -> str:
        return _place(self._lines, node.lineno)


def _kind(node: nodes.Node, known: _Scope) -> Shape | str | None:
    """What an expression holds, as far as its declaration tells."""
    if isinstance(node, nodes.Name):
        return known.get(node.name)
    if isinstance(node, nodes.Getattr | nodes.Getitem) and _kind(node.node, known) is _ROW:
        return ROW_SHAPES.get(_part_name(node) or "")
    return None


def _part_name(node: nodes.Getattr | nodes.Getitem) -> str | None:
    if isinstance(node, nodes.Getattr):
        return node.attr
    found = node.arg.value if isinstance(node.arg, nodes.Const) else None
    return found if isinstance(found, str) else None


def _names(target: nodes.Node) -> list[str]:
    own = [target.name] if isinstance(target, nodes.Name) else []
    return own + [name.name for name in target.find_all(nodes.Name)]


def _declared(node: nodes.Node) -> list[str]:
    """Names that a macro, a `with` and the like declare for what they hold."""
    return [found.name for found in node.find_all(nodes.Name) if found.ctx in {"store", "param"}]


def _near(name: str, known: Mapping[str, object]) -> str:
    found = get_close_matches(name, list(known), 1, 0.5)
    return f" Did you mean {found[0]!r}?" if found else ""

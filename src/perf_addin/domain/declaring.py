"""What modules need to declare their types, at little cost when they are imported.

A named tuple of the standard library compiles a constructor of its own when it is declared, and
that of `typing` each of its annotations too; a protocol prepares for tests that nobody makes; an
enumeration weighs up all that its members could be. Over seventy modules that takes longer than
rating a small index. Type checkers see the standard ones; at run time a named tuple shares its
constructor, a protocol is a plain class, and members of an enumeration are texts with a name.
"""

from __future__ import annotations

from operator import itemgetter

__all__ = ["TYPE_CHECKING", "NamedTuple", "Protocol", "StrEnum", "cast"]

TYPE_CHECKING = False  # type checkers take it for true, whatever its value

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from enum import StrEnum
    from typing import NamedTuple, Protocol, cast
else:
    try:
        from collections import _tuplegetter  # what stands for a field in every named tuple
    except ImportError:  # it is not promised

        def _tuplegetter(place: int, doc: str | None) -> property:
            return property(itemgetter(place), doc=doc)

    _WIDEST = 24
    _GETTERS = [_tuplegetter(place, None) for place in range(_WIDEST)]
    _new = tuple.__new__

    class _Record(tuple):
        """A tuple with a name for each of its places; as `collections.namedtuple` makes them."""

        __slots__ = ()
        _fields = ()
        _field_defaults = {}  # noqa: RUF012 - never changed
        _last = ()
        _width = 0

        def __new__(cls, *values: object, **named: object) -> _Record:  # noqa: PYI034
            lacking = cls._width - len(values)
            if named or not 0 <= lacking <= len(cls._last):
                values = cls._completed(values, named)
            elif lacking:
                values += cls._last[-lacking:]
            return _new(cls, values)

        @classmethod
        def _completed(
            cls, values: tuple[object, ...], named: dict[str, object]
        ) -> Iterable[object]:
            left = cls._fields[len(values) :]
            given = {**cls._field_defaults, **named}
            if len(values) > cls._width or not named.keys() <= set(left):
                raise TypeError(f"{cls.__name__} takes {', '.join(cls._fields)}, and nothing else")
            try:
                return (*values, *map(given.__getitem__, left))
            except KeyError as error:
                raise TypeError(f"{cls.__name__} needs {error}") from None

        @classmethod
        def _make(cls, values: object) -> _Record:
            made = _new(cls, values)
            if len(made) != len(cls._fields):
                raise TypeError(f"{cls.__name__} takes {len(cls._fields)} values, not {len(made)}")
            return made

        def _replace(self, /, **named: object) -> _Record:
            made = [named.pop(field, old) for field, old in zip(self._fields, self, strict=True)]
            if named:
                raise ValueError(f"{type(self).__name__} has no {', '.join(named)}")
            return _new(type(self), made)

        def _asdict(self) -> dict[str, object]:
            return dict(zip(self._fields, self, strict=True))

        def __repr__(self) -> str:
            shown = (f"{field}={value!r}" for field, value in self._asdict().items())
            return f"{type(self).__name__}({', '.join(shown)})"

        def __getnewargs__(self) -> tuple[object, ...]:
            return tuple(self)

    class _Declared(type):
        """Makes a record of a class that lists its fields with annotations.

        The module needs `from __future__ import annotations`, so that they stay text.
        """

        def __new__(cls, name: str, bases: tuple[type, ...], body: dict[str, object]) -> type:
            if not bases:
                return super().__new__(cls, name, bases, body)
            fields = tuple(body["__annotations__"])
            defaults = {name: body[name] for name in fields if name in body}
            body["_field_defaults"], body["_last"] = defaults, tuple(defaults.values())
            body["_fields"] = body["__match_args__"] = fields
            body["_width"] = len(fields)
            body["__slots__"] = ()
            body.update(zip(fields, _GETTERS[: len(fields)], strict=True))
            return type(name, (_Record,), body)

    class NamedTuple(metaclass=_Declared):
        """Stands for `typing.NamedTuple`."""

    class _Listed(type):
        """Makes members of the texts that a class lists; those that begin with `_` are none."""

        def __new__(cls, name: str, bases: tuple[type, ...], body: dict[str, object]) -> type:
            listed = [key for key, value in body.items() if type(value) is str and key[0] != "_"]
            texts = [body.pop(key) for key in listed]
            body.setdefault("__slots__", ())
            body["_members"] = members = {}
            made = super().__new__(cls, name, bases, body)
            for key, text in zip(listed, texts, strict=True):
                members[text] = one = str.__new__(made, text)
                one.name, one.value = key, text
                setattr(made, key, one)
            return made

        def __call__(cls, value: object) -> object:
            try:
                return cls._members[value]
            except (KeyError, TypeError):
                raise ValueError(f"{value!r} is not a valid {cls.__qualname__}") from None

        def __iter__(cls) -> Iterator[object]:
            return iter(cls._members.values())

        def __contains__(cls, value: object) -> bool:
            return value in cls._members

        def __len__(cls) -> int:
            return len(cls._members)

    class StrEnum(str, metaclass=_Listed):
        """Stands for `enum.StrEnum`; its members are hashed and compared as the texts they are."""

        __slots__ = ("name", "value")

        def __repr__(self) -> str:  # noqa: D105 - as that of `enum`
            return f"<{type(self).__name__}.{self.name}: {self.value!r}>"

        def __reduce__(self) -> tuple[type, tuple[str]]:  # noqa: D105 - likewise
            return type(self), (self.value,)

    class Protocol:
        """Stands for `typing.Protocol`."""

    def cast(_kind: object, value: object) -> object:
        """Stand for `typing.cast`."""
        return value

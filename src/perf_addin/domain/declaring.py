"""What modules need to declare their types, at little cost when they are imported.

A named tuple of the standard library compiles a constructor of its own when it is declared, and
that of `typing` each of its annotations too; a protocol prepares for tests that nobody makes. Over
seventy modules that takes longer than rating a small index. Type checkers see the standard ones; at
run time a named tuple shares its constructor, and a protocol is a plain class.
"""

from __future__ import annotations

from collections import namedtuple

__all__ = ["TYPE_CHECKING", "NamedTuple", "Protocol", "cast"]

TYPE_CHECKING = False  # type checkers take it for true, whatever its value

if TYPE_CHECKING:
    from collections.abc import Iterable
    from typing import NamedTuple, Protocol, cast
else:
    _WIDEST = 24
    _PATTERN = namedtuple("_PATTERN", [f"at_{n}" for n in range(_WIDEST)])  # noqa: PYI024 - as above
    _GETTERS = [vars(_PATTERN)[name] for name in _PATTERN._fields]
    _new = tuple.__new__

    class _Record(tuple):
        """A tuple with a name for each of its places; as `collections.namedtuple` makes them."""

        __slots__ = ()
        _fields = ()
        _field_defaults = {}  # noqa: RUF012 - never changed
        _last = ()
        _width = 0

        def __new__(cls, *values: object, **named: object) -> _Record:  # noqa: PYI034
            if named or len(values) != cls._width:
                values = cls._completed(values, named)
            return _new(cls, values)

        @classmethod
        def _completed(
            cls, values: tuple[object, ...], named: dict[str, object]
        ) -> Iterable[object]:
            lacking = cls._width - len(values)
            if not named and 0 < lacking <= len(cls._last):
                return values + cls._last[-lacking:]
            left = cls._fields[len(values) :]
            given = {**cls._field_defaults, **named}
            if lacking < 0 or not named.keys() <= set(left):
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

    class Protocol:
        """Stands for `typing.Protocol`."""

    def cast(_kind: object, value: object) -> object:
        """Stand for `typing.cast`."""
        return value

"""Named tuples that cost little to declare do what the standard ones do."""

from __future__ import annotations

import copy
import pickle
import subprocess
import sys
import typing

import pytest

from perf_addin.domain import declaring


class Standard(typing.NamedTuple):
    """A row of a table."""

    number: int
    name: str = "none"
    parts: tuple[str, ...] = ()

    def first(self) -> str:
        """The first part."""
        return self.parts[0]

    @property
    def label(self) -> str:
        """Number and name."""
        return f"{self.number} {self.name}"


class Ours(declaring.NamedTuple):
    """A row of a table."""

    number: int
    name: str = "none"
    parts: tuple[str, ...] = ()

    def first(self) -> str:
        """The first part."""
        return self.parts[0]

    @property
    def label(self) -> str:
        """Number and name."""
        return f"{self.number} {self.name}"


@pytest.mark.parametrize(
    ("values", "named"),
    (
        ((1, "a", ("x", "y")), {}),
        ((1,), {}),
        ((1,), {"parts": ("x",)}),
        ((), {"parts": ("x",), "number": 1}),
        ((), {"number": 1, "name": "a", "parts": ()}),
    ),
)
def test_it_is_made_as_the_standard_one_is(
    values: tuple[typing.Any, ...], named: dict[str, typing.Any]
) -> None:
    ours, standard = Ours(*values, **named), Standard(*values, **named)
    assert tuple(ours) == tuple(standard)
    assert repr(ours) == repr(standard).replace("Standard", "Ours")
    assert ours._asdict() == standard._asdict()
    assert ours.label == standard.label
    assert (ours.number, ours.name, ours.parts) == standard


@pytest.mark.parametrize(
    ("values", "named"),
    (
        ((), {}),
        ((), {"name": "a"}),
        ((1, "a", (), 4), {}),
        ((1,), {"number": 2}),
        ((1,), {"unknown": 2}),
    ),
)
def test_it_refuses_what_the_standard_one_refuses(
    values: tuple[typing.Any, ...], named: dict[str, typing.Any]
) -> None:
    for kind in (Ours, Standard):
        with pytest.raises(TypeError):
            kind(*values, **named)


def test_it_is_replaced_made_matched_copied_and_pickled() -> None:
    one = Ours(1, parts=("x",))
    assert one._replace(name="b") == (1, "b", ("x",))
    assert isinstance(one._replace(name="b"), Ours)
    with pytest.raises(ValueError, match="unknown"):
        one._replace(unknown=1)  # type: ignore[call-arg] # that is the test
    assert Ours._make([1, "a", ()]) == (1, "a", ())
    with pytest.raises(TypeError):
        Ours._make([1])
    assert (Ours._fields, Ours._field_defaults) == (Standard._fields, Standard._field_defaults)
    assert Ours.__doc__ == Standard.__doc__
    match one:
        case Ours(number, name):
            assert (number, name) == (1, "none")
    for again in (copy.copy(one), pickle.loads(pickle.dumps(one))):  # noqa: S301 - its own
        assert again == one
        assert type(again) is Ours
    assert one.first() == "x"
    assert not hasattr(one, "__dict__")
    with pytest.raises(AttributeError):
        one.number = 2  # type: ignore[misc] # that is the test


def test_annotations_still_resolve() -> None:
    assert typing.get_type_hints(Ours) == typing.get_type_hints(Standard)


def test_rating_an_index_needs_no_typing() -> None:
    """What it stands for stays out of the way, so that a small index is rated quickly."""
    modules = "perf_addin.entry.cli, perf_addin.application.rating_index, perf_addin.adapters.xlsx"
    code = (
        f"import sys, {modules}, perf_addin.adapters.xlsx.workbook; print('typing' in sys.modules)"
    )
    done = subprocess.run(
        [sys.executable, "-S", "-c", code],
        env={"PYTHONPATH": _path()},
        capture_output=True,
        text=True,
        check=True,
    )
    assert done.stdout.strip() == "False"


def _path() -> str:
    import perf_addin  # noqa: PLC0415 - only its place is wanted

    return str(perf_addin.__path__[0].removesuffix("perf_addin"))

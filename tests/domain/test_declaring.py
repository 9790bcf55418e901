"""Named tuples that cost little to declare do what the standard ones do."""

from __future__ import annotations

import copy
import enum
import json
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


class StandardState(enum.StrEnum):
    """How far it is."""

    OPEN = "open"
    CLOSED = "closed for good"

    @property
    def is_open(self) -> bool:
        """Whether it is not closed."""
        return self is type(self).OPEN


class OurState(declaring.StrEnum):
    """How far it is."""

    OPEN = "open"
    CLOSED = "closed for good"

    @property
    def is_open(self) -> bool:
        """Whether it is not closed."""
        return self is type(self).OPEN


@pytest.mark.parametrize("state", (StandardState, OurState))
def test_members_are_what_the_standard_ones_are(
    state: type[StandardState | OurState],
) -> None:
    assert [member.value for member in state] == ["open", "closed for good"]
    assert [member.name for member in state] == ["OPEN", "CLOSED"]
    assert (len(state), list(state)[0], state("open")) == (2, state.OPEN, state.OPEN)  # noqa: RUF015
    assert state("closed for good") is state.CLOSED
    with pytest.raises(ValueError, match=f"'shut' is not a valid {state.__name__}"):
        state("shut")
    with pytest.raises(ValueError, match="not a valid"):
        state([])  # type: ignore[arg-type] # that is the test
    one = state.CLOSED
    assert isinstance(one, state)
    assert isinstance(one, str)
    assert type(one) is state
    assert (one == "closed for good", one in state, one.is_open) == (True, True, False)
    assert (str(one), f"{one:>17}", json.dumps(one)) == (
        *("closed for good", "  closed for good", '"closed for good"'),
    )
    assert type(str(one)) is type(one.value) is str
    assert repr(one) == f"<{state.__name__}.CLOSED: 'closed for good'>"
    assert sorted(state) == [state.CLOSED, state.OPEN]
    assert {state.OPEN: 1}[state("open")] == 1
    for again in (copy.copy(one), copy.deepcopy(one), pickle.loads(pickle.dumps(one))):  # noqa: S301 - its own
        assert again is one
    assert state.__doc__ == "How far it is."
    assert typing.get_type_hints(state) == {}
    match one:
        case state.OPEN:
            pytest.fail("it is closed")
        case state.CLOSED:
            pass


def test_members_are_hashed_as_their_texts_unless_stated_otherwise() -> None:
    """Unlike the standard ones, which are hashed by their names and slowly."""

    class Own(declaring.StrEnum):
        ONE = "1"

        __hash__ = object.__hash__

    assert hash(OurState.OPEN) == hash("open")
    assert {OurState.OPEN: 1}["open"] == 1  # type: ignore[index] # a text stands for it
    assert Own.ONE in {Own.ONE: 1}
    assert "1" not in {Own.ONE: 1}


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

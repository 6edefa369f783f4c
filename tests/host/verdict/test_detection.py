"""Detection limits of controlled substances."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import numpy as np

from quayscan.library import Reference
from quayscan.match.mixture import Unmixed
from quayscan.verdict.detection import limit_words, limits_of, not_ruled_out

from .fakes import AT, LIBRARY, Status

ROWS = (("ketone", "measured"), ("ketone", "published"), ("amine", "computed"), ("sugar", "measured"))
BIG = replace(
    LIBRARY,
    references=tuple(Reference(substance=name, name=name.title(), grade=grade) for name, grade in ROWS),  # type: ignore[arg-type]  # grades as plain text
    spectra=np.zeros((4, 951), dtype=np.float32),
    coverage=np.tile(np.array([[0, 951]], dtype=np.int32), (4, 1)),
)


def _controls(substance: str, at: date) -> tuple[Status, ...]:
    return (Status(regime="UN88", state="not_listed" if substance == "sugar" else "in_force"),)


def _limits(shares: tuple[float, ...], found: tuple[str, ...] = ()) -> list[tuple[str, float]]:
    unmixed = Unmixed(ingredients=(), wall=None, chi=1.0, wall_chi=None, score=0.9, limits=np.array(shares))
    limits = limits_of(unmixed, BIG, AT, _controls, lambda name: frozenset({name, f"{name}-hydrate"}), found)
    return [(one.substance, one.share) for one in limits]


def test_of_several_references_the_worst_limit_counts() -> None:
    assert _limits((0.1, 0.3, 0.2, 0.2)) == [("ketone", 0.3)]


def test_uncontrolled_substances_and_computed_references_have_none() -> None:
    assert {name for name, _ in _limits((0.1, 0.3, 0.2, 0.2))} == {"ketone"}


def test_what_was_found_and_what_cannot_be_told_from_it_has_none() -> None:
    assert _limits((0.1, 0.3, 0.2, 0.2), ("ketone",)) == []


def test_a_limit_beyond_nine_tenths_is_told_as_not_seen() -> None:
    unmixed = Unmixed(ingredients=(), wall=None, chi=1.0, wall_chi=None, score=0.9, limits=np.ones(4))
    said = limit_words(limits_of(unmixed, BIG, AT, _controls, lambda name: frozenset({name}), ()))
    assert said == ("Would not be seen beside it at any share: Ketone.",)


def test_controlled_substances_without_a_measured_reference_are_told_as_not_ruled_out() -> None:
    open_ones = not_ruled_out(BIG, AT, _controls, lambda name: frozenset({name}), ("ketone",))
    assert open_ones == {"amine": "Amine"}
    said = limit_words((), list(open_ones.values()))
    assert said[0].startswith("Not ruled out beside it: Amine, which are controlled and have no measured reference")
    assert "A, B, C and 2 others" in limit_words((), ["A", "B", "C", "D", "E"])[0]


def test_what_a_published_table_or_the_sensor_hides_has_no_limit_and_is_not_ruled_out() -> None:
    drawn = replace(BIG.references[3], substance="table", name="Table", grade="published")
    dark = replace(BIG.references[3], substance="iodine", name="Iodine")
    both = replace(BIG, references=(drawn, dark), spectra=BIG.spectra[:2], coverage=BIG.coverage[:2])
    unmixed = Unmixed(ingredients=(), wall=None, chi=1.0, wall_chi=None, score=0.9, limits=np.array((0.1, 0.1)))
    rest = (lambda name: frozenset({name}), ())
    assert limits_of(unmixed, both, AT, _controls, *rest) == ()
    assert not_ruled_out(both, AT, _controls, *rest) == {"iodine": "Iodine", "table": "Table"}


def test_one_that_was_found_or_is_alike_was_not_missed() -> None:
    assert not_ruled_out(BIG, AT, _controls, lambda name: frozenset({name, "amine"}), ("ketone",)) == {}

"""A verdict says when the library itself doubts the reference that it rests on."""

from __future__ import annotations

from dataclasses import replace

import pytest

from quayscan.library import Doubt, Library, Reference
from quayscan.verdict import Action, Component, Verdict, decide, with_doubts
from quayscan.verdict.decide import PRESUMPTIVE

from .fakes import AT, LIBRARY, evidence, result

TEXT = "drum-3.csv is called Acetone and looks like Toluene (0.96), not like the shipped acetone (0.05)."
LABEL = Doubt(kind="label", names=("drum-3.csv",), text=TEXT)


def own(*doubts: Doubt) -> Library:
    """The made-up library with its first entry, acetone, from a file."""
    first = LIBRARY.references[0]
    filed = Reference(
        substance=first.substance,
        name=first.name,
        grade=first.grade,
        origin=first.origin,
        provenance={**first.provenance, "source": "drum-3.csv"},
    )
    return replace(LIBRARY, references=(filed, *LIBRARY.references[1:]), doubts=doubts, doubt_count=len(doubts))


def judged(library: Library, *, score: float = 0.99, jurisdictions: tuple[str, ...] = ()) -> Verdict:
    named = evidence(library.references[0].substance, score)
    return decide(
        result(named), library=library, jurisdictions=jurisdictions, at=AT, recipe="r", controls_at=lambda *_: ()
    )


def test_a_doubted_label_is_said_before_the_closing_word_and_goes_to_the_laboratory() -> None:
    library = own(LABEL)
    plain = judged(library)
    doubted = with_doubts(plain, library)
    assert plain.action is Action.NO_CONTROLLED_FOUND
    assert doubted.action is Action.SEND_TO_LAB
    assert TEXT in doubted.reasons[-2]
    assert doubted.reasons[-1] == PRESUMPTIVE
    assert doubted.reasons[:-2] == plain.reasons[:-1]


def test_an_alert_stays_an_alert() -> None:
    library = own(LABEL)
    alert = replace(judged(library), action=Action.ALERT)
    assert with_doubts(alert, library).action is Action.ALERT


def test_a_component_of_a_mixture_is_asked_about_too() -> None:
    library = own(LABEL)
    part = Component(
        substance=library.references[0].substance, name="Acetone", role="contents", low=0.2, high=0.4, alternatives=()
    )
    mixed = replace(judged(library, score=0.1), candidates=(), components=(part,))
    assert any(TEXT in reason for reason in with_doubts(mixed, library).reasons)


@pytest.mark.parametrize(
    ("doubt", "score"),
    [
        (Doubt(kind="pair", names=("drum-3.csv", "Toluene"), text="near"), 0.99),
        (Doubt(kind="label", names=("another.csv",), text="another"), 0.99),
        (LABEL, 0.1),
    ],
)
def test_near_pairs_other_entries_and_what_is_not_named_change_nothing(doubt: Doubt, score: float) -> None:
    library = own(doubt)
    verdict = judged(library, score=score)
    assert with_doubts(verdict, library) is verdict

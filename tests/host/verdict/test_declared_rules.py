"""Is it what the papers say? The rules one by one, and the whole way on drawn substances."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from match.drawing import SUBSTANCES, entry, measured, query

from quayscan.library import Library, Reference, from_spectra
from quayscan.match import match
from quayscan.match.declared import DeclaredStandard
from quayscan.preprocess import Features, prepare
from quayscan.verdict import (
    Candidate,
    Component,
    Declared,
    DeclaredAnswer,
    DeclaredGoods,
    DeclaredTest,
    Verdict,
    VerdictKind,
    decide_declared,
)
from quayscan.verdict.declared_rules import Case, Ruling, ruling

from .fakes import evidence, judged, result

STANDARD = DeclaredStandard(true_scores=np.linspace(0.96, 0.99, 99), threshold=0.93)
CONSISTENT, NOT_CONSISTENT, CANNOT_TELL = DeclaredAnswer


def candidate(substance: str, score: float, *, named: bool, grade: str = "measured") -> Candidate:
    return Candidate(
        substance=substance,
        name=substance.title(),
        score=score,
        grade=grade,  # type: ignore[arg-type]  # any of the three grades
        named=named,
        entry=0,
        shift_cm1=0.0,
    )


def verdict(*candidates: Candidate, kind: VerdictKind = VerdictKind.MATCH) -> Verdict:
    return replace(judged(result(evidence("a", 0.99))), verdict=kind, candidates=candidates, cause="")


def ruled(
    score: float | None,
    found: Verdict,
    *,
    goods: DeclaredGoods | None = None,
    grade: str = "measured",
    missing: str = "",
    faint: bool = False,
) -> Ruling:
    names = {"a": "A", **({missing: missing.title()} if missing else {})}
    goods = goods if goods is not None else DeclaredGoods(text="a", names=names)
    tests = [DeclaredTest(substance="a", name="A", score=score, p_value=None if score is None else 0.5)]
    if missing:
        tests.append(DeclaredTest(substance=missing, name=missing.title(), score=None, p_value=None))
    return ruling(
        Case(
            goods=goods,
            tests=tuple(tests),
            declared=frozenset({"a"}),
            best=None if score is None else evidence("a", score, grade=grade),
            verdict=found,
            margin=0.5,
            standard=STANDARD,
            faint=faint,
        )
    )


def test_the_declared_good_alone_in_front_is_consistent() -> None:
    found = ruled(0.98, verdict(candidate("a", 0.98, named=True), candidate("b", 0.7, named=False)))
    assert (found.answer, found.found, found.by_score) == (CONSISTENT, (), True)
    assert "99 true declarations" in found.why[0]


def test_what_stands_clearly_before_it_is_found_instead() -> None:
    found = ruled(0.6, verdict(candidate("b", 0.98, named=True)))
    assert (found.answer, found.found) == (NOT_CONSISTENT, ("b",))
    assert "instead of A: B" in found.why[0]
    assert ruled(0.95, verdict(candidate("b", 0.995, named=True))).answer is NOT_CONSISTENT


@pytest.mark.parametrize("other", [0.975, 0.985])
def test_another_one_as_near_cannot_be_told_from_it(other: float) -> None:
    found = ruled(0.98, verdict(candidate("b", other, named=True), candidate("a", 0.98, named=True)))
    assert (found.answer, found.found) == (CANNOT_TELL, ("b",))
    assert "cannot tell it from B" in found.why[0]


def test_nothing_fits_and_nothing_is_found_is_a_refusal() -> None:
    found = ruled(0.8, verdict(candidate("b", 0.7, named=False), kind=VerdictKind.UNKNOWN))
    assert (found.answer, found.found) == (NOT_CONSISTENT, ())
    assert "score 0.800" in found.why[0]


def test_a_faint_spectrum_refutes_only_by_what_is_found_instead() -> None:
    found = ruled(0.8, verdict(kind=VerdictKind.UNKNOWN), faint=True)
    assert found.answer is CANNOT_TELL
    assert "too faint" in found.why[0]
    assert ruled(0.6, verdict(candidate("b", 0.98, named=True)), faint=True).answer is NOT_CONSISTENT


def test_inadequate_data_tells_nothing_and_says_the_cause() -> None:
    found = ruled(0.99, replace(verdict(kind=VerdictKind.INADEQUATE), cause="saturated"))
    assert found.answer is CANNOT_TELL
    assert "saturated" in found.why[0]


def test_without_a_reference_nothing_is_told_but_what_was_found_is_said() -> None:
    found = ruled(None, verdict(candidate("b", 0.98, named=True)))
    assert (found.answer, found.found) == (CANNOT_TELL, ("b",))
    assert "no measured or published reference for A" in found.why[0]
    assert "consistent with B" in found.why[-1]


def test_where_raman_sees_nothing_the_tables_say_why() -> None:
    salt = DeclaredGoods(text="salt", names={"sodium-chloride": "Sodium chloride"})
    assert any("rock salt" in sentence for sentence in ruled(None, verdict(), goods=salt).why)


def test_an_unread_declaration_is_answered_with_its_reason() -> None:
    goods = DeclaredGoods(text="9999.99", names={}, unread="No substance of the table has the customs code 999999.")
    found = ruled(None, verdict(), goods=goods)
    assert (found.answer, found.why) == (CANNOT_TELL, (goods.unread,))


@pytest.mark.parametrize("grade", ["published", "computed"])
def test_a_rough_reference_that_fits_badly_refutes_nothing(grade: str) -> None:
    found = ruled(0.6, verdict(kind=VerdictKind.UNKNOWN), grade=grade)
    assert found.answer is CANNOT_TELL
    assert grade in found.why[0]


def test_a_code_that_covers_more_is_not_refuted_by_what_has_a_reference() -> None:
    unknown = verdict(kind=VerdictKind.UNKNOWN)
    assert "none for B" in ruled(0.6, unknown, missing="b").why[0]
    goods = DeclaredGoods(text="2926.90", names={"a": "A"}, open_ended=True)
    assert "covers more" in ruled(0.6, unknown, goods=goods).why[0]
    assert ruled(0.6, verdict(candidate("b", 0.98, named=True)), goods=goods).answer is NOT_CONSISTENT


def part(substance: str, role: str = "contents", alternatives: tuple[str, ...] = ()) -> Component:
    return Component(
        substance=substance, name=substance.title(), role=role, low=0.3, high=0.5, alternatives=alternatives
    )


def test_a_mixture_with_more_than_was_declared_is_refused_and_a_container_does_not_count() -> None:
    mixture = verdict(kind=VerdictKind.MIXTURE)
    besides = ruled(0.7, replace(mixture, components=(part("a"), part("b"))))
    assert (besides.answer, besides.found) == (NOT_CONSISTENT, ("b",))
    assert "besides A: B" in besides.why[0]
    inside = ruled(0.7, replace(mixture, components=(part("a"), part("polyethylene", "container"))))
    assert (inside.answer, inside.by_score) == (CONSISTENT, False)


def test_contents_that_may_be_another_substance_or_are_not_seen_at_all_tell_nothing() -> None:
    mixture = verdict(kind=VerdictKind.MIXTURE)
    wall = part("", "container")
    either = ruled(0.7, replace(mixture, components=(part("", alternatives=("a", "b")), wall)))
    assert either.answer is CANNOT_TELL
    hidden = ruled(0.7, replace(mixture, components=(wall,)))
    assert hidden.answer is CANNOT_TELL
    assert "container" in hidden.why[0]
    neither = ruled(0.7, replace(mixture, components=(part("", alternatives=("b", "c")), wall)))
    assert (neither.answer, neither.found) == (NOT_CONSISTENT, ("b", "c"))


def test_a_computed_candidate_is_no_rival_by_its_score() -> None:
    found = ruled(0.98, verdict(candidate("a", 0.98, named=True), candidate("c", 0.99, named=False, grade="computed")))
    assert found.answer is CONSISTENT


# the whole way, on drawn substances


@pytest.fixture(scope="module")
def library() -> Library:
    return from_spectra([entry(name) for name in SUBSTANCES], name="drawn")


def asked(features: Features, library: Library, *declared: str) -> Declared:
    from datetime import date

    from quayscan.verdict import decide

    found = decide(match(features, library), library=library, jurisdictions=("UN88",), at=date(2026, 1, 1), recipe="x")
    goods = DeclaredGoods(text=" or ".join(declared), names={name: name.title() for name in declared})
    return decide_declared(features, goods, found, library=library, standard=STANDARD)


@pytest.mark.parametrize("name", SUBSTANCES)
def test_a_true_declaration_is_consistent_with_its_p_value_and_n(library: Library, name: str) -> None:
    found = asked(query(name), library, name)
    assert found.answer is CONSISTENT
    assert found.p_value is not None
    assert 0 < found.p_value <= 1
    assert (found.n, found.only_spectrum, found.only_reference, found.found) == (99, (), (), ())


def test_a_false_declaration_is_refused_with_bands_and_what_is_found(library: Library) -> None:
    found = asked(query("alpha"), library, "beta")
    assert (found.answer, found.found) == (NOT_CONSISTENT, ("alpha",))
    assert found.only_spectrum
    assert found.only_reference
    assert any("has bands at" in sentence for sentence in found.why)
    assert any("lacks the bands of Beta" in sentence for sentence in found.why)


def test_a_declaration_of_several_tests_them_all(library: Library) -> None:
    found = asked(query("alpha"), library, "beta", "alpha", "nobody")
    assert found.answer is CONSISTENT
    assert [one.substance for one in found.tests] == ["alpha", "beta", "nobody"]
    assert found.tests[-1].score is None


def test_a_substance_that_the_library_lacks_is_not_taken_for_the_declared_one(library: Library) -> None:
    stranger = prepare(measured({500.0: 0.5, 820.0: 1.0, 990.0: 0.7, 1130.0: 0.6, 1390.0: 0.4}))
    assert all(asked(stranger, library, name).answer is NOT_CONSISTENT for name in SUBSTANCES)


def test_an_own_substance_that_no_table_has_can_be_declared() -> None:
    from quayscan.verdict import declared_goods

    own = from_spectra([entry("alpha")], name="own")
    assert declared_goods("Alpha", own).names == {"alpha": "Alpha"}
    reference = Reference(substance="drum 17", name="Drum 17", grade="measured")
    labelled = from_spectra([(measured(SUBSTANCES["beta"]), reference)], name="own")
    assert declared_goods("drum-17", labelled).names == {"drum 17": "Drum 17"}

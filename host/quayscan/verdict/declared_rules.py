"""The rules for declared goods, in the order in which an officer would ask; the first that applies answers."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from ..match import Evidence
from ..match.declared import DeclaredStandard
from .declared import DeclaredAnswer, DeclaredTest
from .declared_goods import DeclaredGoods
from .naming import HIGHEST_SCORE
from .verdict import Candidate, Component, Verdict, VerdictKind


@dataclass(frozen=True, slots=True, kw_only=True)
class Ruling:
    """An answer, sentences for the officer, and the substances found instead or alike.

    `by_score` says whether it rests on the declared reference's score, which then has a p-value.
    """

    answer: DeclaredAnswer
    why: tuple[str, ...]
    found: tuple[str, ...] = ()
    by_score: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class Case:
    """All that the rules look at.

    Attributes
    ----------
    goods : the declaration. tests : one a declared substance, best first.
    declared : ids of the declared substances and of all that are one answer with them.
    best : evidence for the best declared reference; None where the library has none.
    verdict : what the spectrum was found to be. margin : names within it are one answer, in atanh of the score.
    standard : what declarations reach. faint : whether the bands are too faint to refute anything.
    """

    goods: DeclaredGoods
    tests: tuple[DeclaredTest, ...]
    declared: frozenset[str]
    best: Evidence | None
    verdict: Verdict
    margin: float
    standard: DeclaredStandard
    faint: bool = False

    @property
    def name(self) -> str:
        """Of the declared substance that fits best."""
        return self.tests[0].name if self.tests else self.goods.text

    @property
    def fits(self) -> bool:
        """Whether a declared reference explains the spectrum."""
        return self.best is not None and self.best.score >= self.standard.threshold

    @property
    def rivals(self) -> tuple[Candidate, ...]:
        """Candidates that were not declared."""
        return tuple(one for one in self.verdict.candidates if one.substance not in self.declared)

    @property
    def named(self) -> tuple[Candidate, ...]:
        """Rivals that the verdict names."""
        return tuple(one for one in self.rivals if one.named)

    def lead(self, rival: Candidate) -> float:
        """How far the declared substance is before another, in atanh of the score; computed ones are no match."""
        if self.best is None or rival.grade == "computed":
            return np.inf
        return _distance(self.best.score) - _distance(rival.score)


def ruling(case: Case) -> Ruling:
    """The first rule that applies; the last always does."""
    for rule in (_unread, _inadequate, _without_reference, _components, _alike, _fits, _replaced, _not_refutable):
        answer = rule(case)
        if answer is not None:
            return answer
    return _refuted(case)


def _unread(case: Case) -> Ruling | None:
    return _cannot_tell(case.goods.unread) if case.goods.unread else None


def _inadequate(case: Case) -> Ruling | None:
    if case.verdict.verdict is not VerdictKind.INADEQUATE:
        return None
    return _cannot_tell(f"The data cannot decide anything ({case.verdict.cause}): the remedy stands with the verdict.")


def _without_reference(case: Case) -> Ruling | None:
    if case.best is not None:
        return None
    names = ", ".join(case.goods.names.values())
    remedy = _limits(case.goods) or "A scan of a known sample with `quayscan library acquire` would give one."
    found = f"The spectrum is consistent with {_names(case.named)}."
    sentences = (f"The library has no measured or published reference for {names}.", remedy)
    return Ruling(
        answer=DeclaredAnswer.CANNOT_TELL,
        why=(*sentences, *((found,) if case.named else ())),
        found=_ids(case.named),
    )


def _components(case: Case) -> Ruling | None:
    """The verdict took the spectrum apart: whether the contents are what was declared. A container does not count."""
    contents = [one for one in case.verdict.components if one.role == "contents"]
    if not case.verdict.components:
        return None
    if not contents:
        return _cannot_tell(f"What the container holds shows too little of itself to be told from {case.name}.")
    sure, unsure = (
        [one for one in contents if quantifier(name not in case.declared for name in _members(one))]
        for quantifier in (all, any)
    )
    if sure:
        instead = "besides" if len(sure) < len(contents) else "instead of"
        names, found = ", ".join(one.name for one in sure), tuple(name for one in sure for name in _members(one))
        why = (f"Found {instead} {case.name}: {names}.",)
        return Ruling(answer=DeclaredAnswer.NOT_CONSISTENT, why=why, found=found, by_score=False)
    if unsure:
        return _cannot_tell(f"The contents may be {' and '.join(one.name for one in unsure)}: this scan cannot tell.")
    text = f"The contents are {contents[0].name}, seen through a container: no share of true declarations is stated."
    return Ruling(answer=DeclaredAnswer.CONSISTENT, why=(text,), by_score=False)


def _members(one: Component) -> tuple[str, ...]:
    return one.alternatives or (one.substance,)


def _alike(case: Case) -> Ruling | None:
    near = [one for one in case.rivals if abs(case.lead(one)) < case.margin]
    better = [one for one in case.rivals if case.lead(one) <= -case.margin]
    if not case.fits or not near or better:
        return None
    text = f"The spectrum fits {case.name}, but this scan cannot tell it from {_names(near)}."
    return Ruling(answer=DeclaredAnswer.CANNOT_TELL, why=(text,), found=_ids(near))


def _fits(case: Case) -> Ruling | None:
    if not case.fits or any(case.lead(one) < case.margin for one in case.rivals):
        return None
    usual = f"{case.tests[0].p_value:.1%} of {case.standard.n} true declarations on real spectra fit no better"
    grade = "" if case.best is None or case.best.grade == "measured" else f" ({case.best.grade} reference)"
    return Ruling(answer=DeclaredAnswer.CONSISTENT, why=(f"The spectrum fits {case.name}{grade}: {usual}.",))


def _replaced(case: Case) -> Ruling | None:
    instead = [one for one in case.named if case.lead(one) <= -case.margin]
    if not instead:
        return None
    text = f"Found instead of {case.name}: {_names(instead)}."
    return Ruling(answer=DeclaredAnswer.NOT_CONSISTENT, why=(text,), found=_ids(instead))


def _not_refutable(case: Case) -> Ruling | None:
    """A reference that fits badly is no proof where others are missing, where it is rough, or the spectrum faint."""
    if case.faint:
        return _cannot_tell(f"{case.name} does not fit, but the bands are too faint to refute it: scan for longer.")
    missing = ", ".join(one.name for one in case.tests if one.score is None)
    if missing:
        return _cannot_tell(f"What has a reference does not fit, and the library has none for {missing}.")
    if case.goods.open_ended:
        return _cannot_tell(f"None of the substances known here fits, but the code {case.goods.text} covers more.")
    if case.best is not None and case.best.grade != "measured":
        return _cannot_tell(f"The only reference for {case.name} is {case.best.grade}: too rough to refute it.")
    return None


def _refuted(case: Case) -> Ruling:
    score = 0.0 if case.best is None else case.best.score
    text = f"The spectrum does not fit {case.name}: score {score:.3f}, and it takes {case.standard.threshold:.3f}."
    return Ruling(answer=DeclaredAnswer.NOT_CONSISTENT, why=(text,))


def _cannot_tell(why: str) -> Ruling:
    return Ruling(answer=DeclaredAnswer.CANNOT_TELL, why=(why,))


def _distance(score: float) -> float:
    return float(np.arctanh(min(score, HIGHEST_SCORE)))


def _names(found: Sequence[Candidate]) -> str:
    return ", ".join(dict.fromkeys(one.name for one in found))


def _ids(found: Sequence[Candidate]) -> tuple[str, ...]:
    return tuple(one.substance for one in found)


def _limits(goods: DeclaredGoods) -> str:
    """Why there can be no reference, where the tables know it."""
    import quayscan_spectra

    told = [one.reason for name in goods.names for one in quayscan_spectra.limits_of(name, sensor="raman")]
    return f"Raman cannot help: {told[0].rstrip('.')}." if told else ""

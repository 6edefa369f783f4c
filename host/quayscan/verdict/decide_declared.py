"""`decide_declared`: is a spectrum what the papers say?"""

from __future__ import annotations

from collections.abc import Callable, Sequence

from ..library import Library
from ..match import Evidence, MatchOptions, MatchResult
from ..match.contradiction import contradiction
from ..match.declared import DeclaredStandard, declared_evidence, faint, shipped_standard
from ..match.evidence import Contradiction
from ..preprocess import Features
from ..preprocess.grid import FloatArray
from .declared import Declared, DeclaredAnswer, DeclaredTest
from .declared_goods import DeclaredGoods
from .declared_rules import Case, ruling
from .known import known_group_of
from .naming import GroupOf
from .verdict import Verdict

NOTHING = Contradiction(only_spectrum=(), only_reference=())


def decide_declared(
    features: Features,
    goods: DeclaredGoods,
    verdict: Verdict,
    *,
    library: Library,
    options: MatchOptions | None = None,
    group_of: GroupOf = known_group_of,
    standard: DeclaredStandard | None = None,
) -> Declared:
    """Decide whether a spectrum is what was declared.

    A declared substance is tested with every reference of its identity group. It is CONSISTENT when the best one
    reaches the threshold and no other substance comes near it.

    Parameters
    ----------
    features : the prepared spectrum.
    goods : the declaration, read.
    verdict : what the spectrum was found to be, without regard to the declaration.
    library : what it was compared with. options, group_of : as the verdict was made with.
    standard : what declarations reach; that of the trials that ship by default.
    """
    standard = standard if standard is not None else shipped_standard()
    options = options if options is not None else MatchOptions()
    evidence = declared_evidence(features, library, frozenset(_declared(goods, group_of)), options)

    def bands_of(best: Evidence) -> Contradiction:
        return contradiction(features, library, best)

    return decide_by(
        evidence,
        goods,
        verdict,
        margin=options.margin,
        standard=standard,
        group_of=group_of,
        faint_bands=faint(features, options),
        bands_of=bands_of,
    )


def decide_declared_nir(
    result: MatchResult,
    goods: DeclaredGoods,
    verdict: Verdict,
    *,
    right: FloatArray,
    options: MatchOptions | None = None,
    group_of: GroupOf = known_group_of,
) -> Declared:
    """The same for a near-infrared scan, whose evidence already has every class of the library.

    Parameters
    ----------
    result : evidence about all classes. right : (n,) scores of scans with their own class, ascending.
    """
    options = options if options is not None else MatchOptions()
    declared = _declared(goods, group_of)
    evidence = [one for one in result.evidence if one.substance in declared]
    standard = DeclaredStandard(true_scores=right, threshold=result.least_score)
    return decide_by(evidence, goods, verdict, margin=options.margin, standard=standard, group_of=group_of)


def _declared(goods: DeclaredGoods, group_of: GroupOf) -> frozenset[str]:
    """Ids of the declared substances and of all that are one answer with them."""
    return frozenset[str]().union(*(group_of(substance) for substance in goods.names))


def decide_by(
    evidence: Sequence[Evidence],
    goods: DeclaredGoods,
    verdict: Verdict,
    *,
    margin: float,
    standard: DeclaredStandard,
    group_of: GroupOf,
    faint_bands: bool = False,
    bands_of: Callable[[Evidence], Contradiction] = lambda best: NOTHING,
) -> Declared:
    """Decide by the evidence for the declared references, best first.

    Parameters
    ----------
    margin : names within it are one answer, in atanh of the score.
    faint_bands : the spectrum is too faint to refute by a bad fit.
    bands_of : the bands that contradict a reference; none are told by default.
    """
    groups = {substance: group_of(substance) for substance in goods.names}
    case = Case(
        goods=goods,
        tests=_tests(goods, groups, evidence, standard),
        declared=_declared(goods, group_of),
        best=evidence[0] if evidence else None,
        verdict=verdict,
        margin=margin,
        standard=standard,
        faint=faint_bands,
    )
    ruled = ruling(case)
    refuted = ruled.answer is DeclaredAnswer.NOT_CONSISTENT and case.best is not None
    bands = bands_of(case.best) if refuted and case.best else NOTHING
    return Declared(
        text=goods.text,
        answer=ruled.answer,
        why=(*ruled.why, *_band_words(bands, case.name)),
        tests=case.tests,
        p_value=case.tests[0].p_value if case.tests and ruled.by_score else None,
        n=standard.n,
        only_spectrum=bands.only_spectrum,
        only_reference=bands.only_reference,
        found=ruled.found,
    )


def _tests(
    goods: DeclaredGoods, groups: dict[str, frozenset[str]], evidence: Sequence[Evidence], standard: DeclaredStandard
) -> tuple[DeclaredTest, ...]:
    """One test a declared substance, best first; those without a reference last."""
    tests = []
    for substance, name in goods.names.items():
        score = next((one.score for one in evidence if one.substance in groups[substance]), None)
        p_value = None if score is None else standard.p_value(score)
        tests.append(DeclaredTest(substance=substance, name=name, score=score, p_value=p_value))
    return tuple(sorted(tests, key=lambda one: -1.0 if one.score is None else one.score, reverse=True))


def _band_words(bands: Contradiction, name: str) -> tuple[str, ...]:
    has = ", ".join(f"{one:.0f}" for one in bands.only_spectrum)
    lacks = ", ".join(f"{one:.0f}" for one in bands.only_reference)
    return (
        *((f"The spectrum has bands at {has} cm-1 that {name} lacks.",) if has else ()),
        *((f"It lacks the bands of {name} at {lacks} cm-1.",) if lacks else ()),
    )

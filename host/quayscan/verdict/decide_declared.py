"""`decide_declared`: is a spectrum what the papers say?"""

from __future__ import annotations

from collections.abc import Sequence

from ..library import Library
from ..match import Evidence, MatchOptions
from ..match.contradiction import Contradiction, contradiction
from ..match.declared import DeclaredStandard, declared_evidence, shipped_standard
from ..preprocess import Features
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
    groups = {substance: group_of(substance) for substance in goods.names}
    declared = frozenset[str]().union(*groups.values())
    evidence = declared_evidence(features, library, declared, options)
    case = Case(
        goods=goods,
        tests=_tests(goods, groups, evidence, standard),
        declared=declared,
        best=evidence[0] if evidence else None,
        verdict=verdict,
        margin=options.margin,
        standard=standard,
    )
    ruled = ruling(case)
    refuted = ruled.answer is DeclaredAnswer.NOT_CONSISTENT and case.best is not None
    bands = contradiction(features, library, case.best) if refuted and case.best else NOTHING
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

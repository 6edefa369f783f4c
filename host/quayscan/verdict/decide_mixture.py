"""`decide_mixture`: is there more in it than one substance, or a wall around it?"""

from __future__ import annotations

from ..library import Library
from ..match import MatchOptions, MatchResult
from ..match.mixture import MixtureOptions, unmix
from ..preprocess import Features, prepare
from ..spectrum import Spectrum
from .known import known_group_of
from .mixture_rules import MixtureRules, with_mixture
from .verdict import Verdict, VerdictKind


def decide_mixture(
    features: Features,
    result: MatchResult,
    verdict: Verdict,
    *,
    library: Library,
    options: MixtureOptions,
    single: MatchOptions,
    wall: Spectrum | None = None,
) -> Verdict:
    """The verdict about single substances, with what combinations of them say.

    Parameters
    ----------
    features, result, verdict : the prepared spectrum, the evidence about single substances, and what it came to.
    options, single : constants of the unmixing and of the single comparison.
    wall : the empty wall, measured on the same unit; None when nothing stands before the sample.

    Raises
    ------
    SpectrumError
        The wall's axis is in nm.
    """
    wall_features = None if wall is None else prepare(wall)
    if verdict.verdict is VerdictKind.INADEQUATE or not result.evidence:
        return verdict
    unmixed = unmix(
        features,
        library,
        result,
        group_of=known_group_of,
        options=options,
        single=single,
        wall=wall_features,
    )
    rules = MixtureRules(library=library, notes=result.quality.notes, options=options, single=single)
    return with_mixture(verdict, unmixed, rules)

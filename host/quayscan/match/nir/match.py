"""`match_nir`: the distance of a spectrum from every class of a library."""

from __future__ import annotations

import numpy as np

from ...errors import LibraryError
from ...library import NIR, Library
from ...preprocess.nir import NirFeatures
from ..conformal import Calibration, NullScores
from ..evidence import Evidence, MatchResult
from .classes import NirClasses, classes_of, weighted_cosines
from .pools import pools_of

HIGHEST = 1.0 - 1e-9


def match_nir(features: NirFeatures, library: Library) -> MatchResult:
    """Compare one spectrum with every class of a near-infrared library.

    Returns
    -------
    MatchResult, its evidence one a class, best score first. Both directions (`d_ref`, `d_sym`) are the score: the
    weights are the same whichever side has a band. `cosine` is the plain one of second derivatives, `scale` the same;
    no axis shift is fitted.

    Raises
    ------
    LibraryError
        When the library is of another technique.
    """
    require_nir(library)
    classes = classes_of(library)
    scores = weighted_cosines(features.curve[None, :], classes.centres, classes.weight, features.seen)[0]
    plain = weighted_cosines(features.curve[None, :], classes.centres, np.ones_like(classes.weight), features.seen)[0]
    nearest = weighted_cosines(features.curve[None, :], classes.curves, classes.weight, features.seen)[0]
    pools = pools_of(library)
    calibration = Calibration(
        null=NullScores(scores=pools.strangers, entries=pools.classes, substances=pools.strangers.size),
        entries=len(classes.substances),
    )
    signal = features.quality.signal_to_noise**2
    found = [
        _evidence(library, classes, at, nearest, float(scores[at]), float(plain[at]), signal, calibration)
        for at in np.argsort(-scores, kind="stable")
    ]
    return MatchResult(
        evidence=tuple(found),
        quality=features.quality,
        background_chi=signal,
        calibration=calibration,
        least_score=pools.threshold(),
        technique=NIR.technique,
    )


def require_nir(library: Library) -> None:
    """Return when a library is near-infrared.

    Raises
    ------
    LibraryError
        When it is of another technique.
    """
    if library.axis != NIR:
        raise LibraryError(
            f"library {library.name} holds {library.axis.technique} spectra and this one is near infrared:"
            " name a near-infrared library, or none"
        )


def _evidence(
    library: Library,
    classes: NirClasses,
    at: int,
    nearest: np.ndarray[tuple[int, ...], np.dtype[np.float64]],
    score: float,
    cosine: float,
    signal: float,
    calibration: Calibration,
) -> Evidence:
    score = float(np.clip(score, 0.0, HIGHEST))
    entry = int(classes.rows[np.argmax(np.where(classes.label == at, nearest, -2.0))])
    reference = library.references[entry]
    return Evidence(
        entry=entry,
        substance=reference.substance,
        name=reference.name,
        grade=reference.grade,
        origin=reference.origin,
        score=score,
        d_ref=score,
        d_sym=score,
        cosine=cosine,
        cosine_sqrt=cosine,
        shift_cm1=0.0,
        scale=cosine,
        chi=signal * (1.0 - score**2),
        background_chi=signal,
        p_value=calibration.p_value(score),
    )

"""`Evidence` about one hypothesis, and `MatchResult` about one spectrum."""

from __future__ import annotations

from dataclasses import dataclass

from ..library import Grade, Origin
from ..preprocess import Quality
from .computed import ComputedEvidence
from .conformal import Calibration


@dataclass(frozen=True, slots=True, kw_only=True)
class Evidence:
    """Numbers about the hypothesis that one reference explains the spectrum.

    Attributes
    ----------
    entry : row in the library. substance, name, grade, origin : as the reference says.
    score : 0 to 1; tanh of the mean atanh of the two explained amounts.
    d_ref : explained amount, weighted by the reference's bands: bands that the query lacks count.
    d_sym : the same, weighted by both sides' bands: bands that the reference lacks count too.
    cosine, cosine_sqrt : of the screen, on intensities and on their square roots.
    shift_cm1 : the query's axis minus the reference's, fitted.
    scale : height of the reference's strongest band in the query, in the query's unit.
    chi, background_chi : chi-square a point with and without the reference, weighted as `d_sym`.
    p_value : how often a substance that the library lacks scores as high; None without a calibration.
    """

    entry: int
    substance: str
    name: str
    grade: Grade
    origin: Origin
    score: float
    d_ref: float
    d_sym: float
    cosine: float
    cosine_sqrt: float
    shift_cm1: float
    scale: float
    chi: float
    background_chi: float
    p_value: float | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Contradiction:
    """Band positions on the spectrum's axis, cm-1, ascending; the strongest eight of each kind.

    Attributes
    ----------
    only_spectrum : bands that the spectrum has and the reference lacks.
    only_reference : bands that the reference has and the spectrum lacks.
    """

    only_spectrum: tuple[float, ...]
    only_reference: tuple[float, ...]

    def __bool__(self) -> bool:
        return bool(self.only_spectrum or self.only_reference)


@dataclass(frozen=True, slots=True, kw_only=True)
class MatchResult:
    """All evidence about one spectrum.

    Attributes
    ----------
    evidence : best score first.
    quality : of the data.
    background_chi : chi-square a point of the smooth background alone, against the noise.
    contradiction : bands on which the spectrum and the best reference disagree; None when there is no evidence.
    calibration : of `evidence`. computed : evidence about computed references, best first, with a calibration of its
        own; either is None where the constants are not those that were calibrated.
    least_score : a lower one names nothing, whatever the rate: what scans of one substance rarely fall short of.
    technique : "Raman" or "NIR".
    """

    evidence: tuple[Evidence, ...]
    quality: Quality
    background_chi: float
    contradiction: Contradiction | None = None
    calibration: Calibration | None = None
    computed: tuple[ComputedEvidence, ...] = ()
    computed_calibration: Calibration | None = None
    least_score: float = 0.0
    technique: str = "Raman"

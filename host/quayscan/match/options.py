"""`MatchOptions`: every constant of a comparison, and the recipe's stable id."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field, replace

from ..preprocess import despike, envelope, grid, narrow, noise, projection, resample
from . import computed
from .conformal import DEFAULT_RATE, FAINT_CHI, calibration_sha256, check_rate

RECIPE_FAMILY = "raman-1"


@dataclass(frozen=True, slots=True, kw_only=True)
class ModelError:
    """Standard deviations by which a reference may differ from the sample, beside the noise.

    Attributes
    ----------
    level : share of the local signal (response ripple of the detector).
    floor : share of the reference's strongest band, everywhere.
    band : share of the band at the same place.
    jitter_cm1 : axis jitter, cm-1.
    background : fine background, share of the local background.
    shift_cm1, stretch_cm1 : prior of the axis offset and of its stretch at the window's ends, cm-1.
    width : prior of the second derivative's coefficient, cm-1 squared.
    response : prior of the response drift across the window, share.
    """

    level: float = 0.003
    floor: float = 0.01
    band: float = 0.1
    jitter_cm1: float = 1.0
    background: float = 0.03
    shift_cm1: float = 1.0
    stretch_cm1: float = 1.0
    width: float = 1.5
    response: float = 0.2


@dataclass(frozen=True, slots=True, kw_only=True)
class MatchOptions:
    """Constants of the comparison; the defaults were chosen on the development spectra.

    Attributes
    ----------
    rate : false-alarm rate: a substance that the library lacks is named at most this often.
    threshold : smallest score that is an identification where other constants than the calibrated ones are used, and
        wherever two spectra are compared without a question of rates.
    margin : names within this distance of the best one, in atanh of the score, belong to the answer.
    screen_top : substances from each of the two cosines that go to the residual fit.
    screen_tie : references this near to the best cosine all go there: any may be the one that is controlled.
    screen_most : at most as many references from each cosine.
    passes : times that the weights are renewed from the fitted scale.
    hopeless : a reference this far behind the best one after one pass, in atanh of the score, gets no more.
    noise_credit : share of the noise that a perfect fit leaves: neighbouring points share noise, and the fine
        background takes a part of it.
    min_background_chi : chi-square a point of the smooth background alone; under it no band is seen.
    model : by how much a reference may differ from the sample. Spectra and band tables fitted to spectra do
        equally well with it (development data: gap of 0.62 and 0.59 in atanh).
    """

    rate: float = DEFAULT_RATE
    threshold: float = 0.91
    margin: float = 0.5
    screen_top: int = 5
    screen_tie: float = 0.01
    screen_most: int = 64
    passes: int = 3
    hopeless: float = 1.5
    noise_credit: float = 0.6
    min_background_chi: float = 1.5
    model: ModelError = field(default_factory=ModelError)

    def __post_init__(self) -> None:
        check_rate(self.rate)

    @property
    def calibrated(self) -> bool:
        """Whether the shipped calibration was made with these constants, the rate apart."""
        return replace(self, rate=DEFAULT_RATE) == MatchOptions()


def recipe_id(options: MatchOptions, *, more: Mapping[str, object] | None = None) -> str:
    """A stable id of all constants that make a verdict: "raman-1:" and 12 hexadecimal digits.

    Parameters
    ----------
    options : the comparison's constants.
    more : constants of other stages, by name; values must be JSON values.
    """
    constants = {
        "grid": [grid.START_CM1, grid.STEP_CM1, grid.POINTS, grid.WINDOW_START_CM1, grid.WINDOW_STOP_CM1],
        "shift": grid.MAX_SHIFT_CM1,
        "sigma": [resample.SIGMA_CM1, resample.REACH_SIGMA],
        "despike": [
            despike.Z_LIMIT,
            despike.FOOT_SHARE,
            despike.NECK_SHARE,
            despike.MAX_SPACING_CM1,
            despike.BASE_PIXELS,
        ],
        "narrow": [narrow.REACH_CM1, narrow.LEAST_PIXELS, narrow.WINDOW_REACHES, narrow.Z_LIMIT, narrow.FOOT_SHARE],
        "noise": [noise.LEVEL_BINS, noise.LOW_QUANTILE, noise.MIN_PIXELS],
        "envelope": [envelope.MINIMUM_POINTS, envelope.SMOOTHING_POINTS, envelope.SMOOTHING_PASSES],
        "splines": [projection.BACKGROUND_SPLINES, projection.FINE_SPLINES, projection.DEGREE],
        "match": asdict(options),
        "computed": [
            computed.SPLINES,
            computed.SMOOTHING_CM1,
            computed.POSITION_SD_CM1,
            computed.HEIGHT_FACTOR,
            computed.LEAST_HEIGHT,
            computed.NOISE_MULTIPLE,
        ],
        "calibration": [calibration_sha256(), FAINT_CHI],
        "more": dict(more or {}),
    }
    text = json.dumps(constants, sort_keys=True, separators=(",", ":"))
    return f"{RECIPE_FAMILY}:{hashlib.sha256(text.encode()).hexdigest()[:12]}"

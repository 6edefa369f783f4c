"""Can this near-infrared scan decide anything? If not: the cause, and what to do."""

from __future__ import annotations

from ..preprocess import Quality
from .adequacy import Inadequacy, Limits

LEAST_COVERAGE = 0.9
"""Of 960-1648 nm: what tells sugars apart lies above 1400 nm, what tells acids apart near 1640."""

LEAST_SIGNAL_TO_NOISE = 4.0
"""Of the second derivative: at 4 the noise takes 3 % off a right score. Real scans have 8 to 40 (550 of them)."""

DARK_ABSORBANCE = 1.5
"""Mean absorbance above which hardly any light comes back: powders of the development data have 0.05 to 0.6."""


def nir_inadequacy(quality: Quality, limits: Limits) -> Inadequacy | None:
    """The first thing that keeps this scan from deciding, or None when nothing does."""
    if quality.defect:
        return _DEFECTS[quality.defect]
    if quality.coverage < LEAST_COVERAGE:
        return Inadequacy(
            cause="axis",
            finding=f"The spectrum covers {quality.coverage:.0%} of 960-1648 nm, which is compared.",
            remedy=f"Record at least {LEAST_COVERAGE:.0%} of it.",
        )
    if quality.saturated_fraction > limits.saturated:
        return Inadequacy(
            cause="saturated",
            finding=f"{quality.saturated_fraction:.1%} of the pixels are saturated, on the sample or the white tile.",
            remedy="Scan again with a shorter exposure.",
        )
    return _weak(quality) if quality.signal_to_noise < LEAST_SIGNAL_TO_NOISE else None


def _weak(quality: Quality) -> Inadequacy:
    if quality.level_to_noise > DARK_ABSORBANCE:
        return Inadequacy(
            cause="no-signal",
            finding="Hardly any light comes back: there is nothing before the window, or it is black.",
            remedy="Hold the window against the sample and scan again.",
        )
    return Inadequacy(
        cause="weak",
        finding=f"No absorption band rises above the noise (the spectrum's curvature is {quality.signal_to_noise:.1f}"
        " times it).",
        remedy="Scan again with more averages. What has no O-H, N-H or C-H bond shows nothing in the near infrared.",
    )


_DEFECTS = {
    "lamp": Inadequacy(
        cause="lamp-missing",
        finding="The lamp gave no light in this exposure.",
        remedy="Scan with the light on; if it was on, have the lamp replaced.",
    ),
    "reference": Inadequacy(
        cause="reference-missing",
        finding="The exposure has no usable white reference.",
        remedy="Free and clean the white tile, and scan again.",
    ),
}

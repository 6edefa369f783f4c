"""Can this data decide anything? If not: the cause, and what to do."""

from __future__ import annotations

from dataclasses import dataclass

from ..match import MatchOptions, MatchResult
from ..match.axis_search import AxisOff
from ..match.lamps import Lamp
from .verdict import Verdict, VerdictKind

TOLD_LINES = 6


@dataclass(frozen=True, slots=True, kw_only=True)
class Limits:
    """Where data stops being adequate.

    Attributes
    ----------
    coverage : smallest share of 400-1800 cm-1 that the axis must cover.
    saturated : largest share of pixels at the converter's end; fewer are forgiven where a substance is named.
    fluorescence : background level, in standard deviations of its noise, from which a spectrum without
        bands is put down to fluorescence and not to an empty holder.
    weak_chi, weak_p : chi-square a point of the background alone, under which bands are weak; where besides the best
        p-value is above `weak_p`, nothing can be said.
    """

    coverage: float = 0.5
    saturated: float = 0.01
    fluorescence: float = 30.0
    weak_chi: float = 3.0
    weak_p: float = 0.2


@dataclass(frozen=True, slots=True, kw_only=True)
class Inadequacy:
    """Why the data cannot decide: a one-word cause, what was seen, and the remedy."""

    cause: str
    finding: str
    remedy: str


def inadequacy(result: MatchResult, options: MatchOptions, limits: Limits) -> Inadequacy | None:
    """The first thing that keeps this data from deciding, or None when nothing does."""
    quality = result.quality
    if quality.coverage < limits.coverage:
        return Inadequacy(
            cause="axis",
            finding=f"The spectrum covers {quality.coverage:.0%} of 400-1800 cm-1, which is compared.",
            remedy=f"Record at least {limits.coverage:.0%} of it.",
        )
    if quality.saturated_fraction > limits.saturated:
        return _saturated(quality.saturated_fraction)
    if result.background_chi < options.min_background_chi:
        return _ambient(quality.ambient_share) or _no_bands(quality.level_to_noise, limits)
    if result.background_chi < limits.weak_chi and not _resembles(result, options, limits):
        return _ambient(quality.ambient_share) or _weak(quality.signal_to_noise)
    return None


def _ambient(share: float) -> Inadequacy | None:
    """Ambient light was seen, and may be why nothing else was."""
    if not share:
        return None
    return Inadequacy(
        cause="ambient",
        finding=f"Ambient light fills {share:.0%} of the detector's range with the laser off, and no band stands out.",
        remedy="Shield the sample and the probe from light, and scan again.",
    )


def _resembles(result: MatchResult, options: MatchOptions, limits: Limits) -> bool:
    """Whether anything in the library comes nearer than most wrong substances do."""
    best = next(iter(result.evidence), None)
    if best is None or best.p_value is None:
        return best is not None and best.score >= options.threshold
    return best.p_value <= limits.weak_p


def clipped(result: MatchResult) -> Inadequacy | None:
    """Nothing was named: whether saturated pixels, however few, may have cut off the bands that would name it."""
    fraction = result.quality.saturated_fraction
    return _saturated(fraction) if fraction > 0 else None


def may_be_displaced(verdict: Verdict) -> bool:
    """Whether a wrong axis could be why nothing measured or published was named."""
    named = [one for one in verdict.candidates if one.named]
    doubtful = all(one.grade == "computed" for one in named) or verdict.verdict is VerdictKind.MIXTURE
    return verdict.verdict is not VerdictKind.INADEQUATE and doubtful


def displaced(axis: AxisOff) -> Inadequacy:
    """Nothing fits as measured, and on a displaced axis something would: by how much, what, and the remedy."""
    moved = f"shifted by {axis.shift_cm1:+.0f} cm-1" if axis.shift_cm1 else f"stretched by {axis.stretch:+.1%}"
    return Inadequacy(
        cause="axis-off",
        finding=(
            f"The axis seems off, {moved}: nothing fits as measured, and if the axis were right, {axis.name} would fit."
            " That identifies nothing."
        ),
        remedy=(
            "Run `quayscan device calibrate` and scan again; for a file, check the laser's wavelength and the axis that"
            " it was written with."
        ),
    )


def lit(lamp: Lamp) -> Inadequacy:
    """Nothing was named, and what stands out are the lines of a lamp."""
    lines = ", ".join(f"{one:.0f}" for one in lamp.lines_cm1[:TOLD_LINES])
    return Inadequacy(
        cause="ambient",
        finding=f"The lines of {lamp.name} stand out, at {lines} cm-1: room light, which no dark frame took away.",
        remedy="Shield the sample and the probe from light, and scan again with dark frames.",
    )


def _saturated(fraction: float) -> Inadequacy:
    return Inadequacy(
        cause="saturated",
        finding=f"{fraction:.1%} of the detector's pixels are saturated.",
        remedy="Scan again with a shorter exposure or less light.",
    )


def _weak(signal_to_noise: float) -> Inadequacy:
    return Inadequacy(
        cause="weak",
        finding=f"Bands hardly rise above the noise (the highest {signal_to_noise:.0f} times it).",
        remedy="Scan again with a longer exposure or more averages, and check the focus.",
    )


def _no_bands(level_to_noise: float, limits: Limits) -> Inadequacy:
    if level_to_noise > limits.fluorescence:
        return Inadequacy(
            cause="fluorescence",
            finding="A strong smooth background hides the bands: fluorescence, or light that no dark frame has.",
            remedy="Shield the sample from light, let the laser bleach it for a minute, and scan again.",
        )
    return Inadequacy(
        cause="no-signal",
        finding="There is no signal of a sample above the noise.",
        remedy="Check that the sample sits at the focus and that the window is clean, and scan again.",
    )

"""The bands of a computed spectrum: scaled positions, heights at the laser, and how sure they are."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from .character import Character
from .scaling import Scaling, gain, intensities, position_sd, scaled, scaling
from .units import Array

_SOFTEST_CM1 = 50.0  # below lies nothing an instrument of this project sees
_COINCIDENCE_CM1 = 2.0  # harmonic modes nearer than this are one band
_FAINTEST = 5e-4  # of the strongest; weaker bands are left out
_INSIDE_CM1 = (400.0, 1800.0)  # heights are relative to the strongest band in here, as in the measured tables


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Band:
    """One band.

    `harmonic_cm1` is what the computation gave, `shift_cm1` where a measured spectrum is expected to have it, `height`
    is 100 for the strongest between 400 and 1800 cm-1. `activity` is in Angstrom^4/amu.
    """

    shift_cm1: float
    harmonic_cm1: float
    height: float
    activity: float
    depolarisation: float
    position_sd_cm1: float
    intensity_factor_sd: float
    character: Character


def _groups(harmonic: Array) -> list[list[int]]:
    groups: list[list[int]] = []
    for index in np.flatnonzero(harmonic >= _SOFTEST_CM1):
        if groups and harmonic[index] - harmonic[groups[-1][0]] < _COINCIDENCE_CM1:
            groups[-1].append(int(index))
        else:
            groups.append([int(index)])
    return groups


def _mixed(characters: list[Character], weights: Array) -> Character:
    names = {name for one in characters for name in one}
    shares = {
        name: round(float(sum(w * one.get(name, 0.0) for w, one in zip(weights, characters, strict=True))), 2)
        for name in names
    }
    return dict(sorted(shares.items(), key=lambda kv: (-kv[1], kv[0])))


def _merged(
    group: list[int], harmonic: Array, activity: Array, depolarisation: Array, character: tuple[Character, ...]
) -> tuple[float, float, float, Character]:
    """Harmonic wavenumber, activity, depolarisation ratio and character of modes that are one band."""
    weights = np.maximum(activity[group], 1e-9)
    weights = weights / weights.sum()
    mixed = _mixed([character[i] for i in group], weights)
    strength = float(activity[group].sum())
    return float(weights @ harmonic[group]), strength, float(weights @ depolarisation[group]), mixed


def heights(activity: Array, shift_cm1: Array, characters: Sequence[Character], by: Scaling) -> Array:
    """Heights at the laser, 100 for the strongest band between 400 and 1800 cm-1 (of all, where none is there)."""
    strength = intensities(activity, shift_cm1) * np.array([gain(one, by) for one in characters])
    inside = (shift_cm1 >= _INSIDE_CM1[0]) & (shift_cm1 <= _INSIDE_CM1[1])
    return np.asarray(100.0 * strength / (strength[inside] if inside.any() else strength).max(), dtype=np.float64)


def make_bands(
    harmonic: Array, activity: Array, depolarisation: Array, character: tuple[Character, ...], by: Scaling | None = None
) -> tuple[Band, ...]:
    """Merges coinciding modes, scales their positions and weighs their heights.

    Parameters
    ----------
    harmonic, activity, depolarisation : (M,) float64
        Ascending wavenumbers in cm-1 (imaginary ones negative: left out), Angstrom^4/amu, ratio.
    character : M characters
    by : Scaling, optional
        The table's when not given.

    Returns
    -------
    tuple of Band
        In order of position.
    """
    by = by or scaling()
    merged = [_merged(group, harmonic, activity, depolarisation, character) for group in _groups(harmonic)]
    shift = np.array([scaled(one[0], one[3], by) for one in merged])
    height = heights(np.array([one[1] for one in merged]), shift, [one[3] for one in merged], by)
    made = [
        Band(
            shift_cm1=float(shift[i]),
            harmonic_cm1=raw,
            height=float(height[i]),
            activity=strength,
            depolarisation=ratio,
            position_sd_cm1=position_sd(raw, by),
            intensity_factor_sd=by.intensity_factor_sd,
            character=mixed,
        )
        for i, (raw, strength, ratio, mixed) in enumerate(merged)
        if height[i] >= 100.0 * _FAINTEST
    ]
    return tuple(sorted(made, key=lambda one: one.shift_cm1))

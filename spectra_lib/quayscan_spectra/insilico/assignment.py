"""Which computed band is which measured band: an alignment in order of wavenumber, as for two sequences."""

from dataclasses import dataclass

import numpy as np
from scipy.signal import find_peaks

from ..references import BandReference, synthesise
from .computed_references import ComputedReference
from .scaling import Scaling
from .units import Array

_AXIS = np.arange(200.0, 1900.0, 0.5)
_FAINTEST = 4.0  # percent of the strongest: weaker ones are not assigned
_NEAR_CM1 = 8.0  # computed bands nearer than this are one in a measured spectrum
_POSITION_CM1, _FACTOR = 14.0, 2.5  # how far a pair may differ: 1 sd
_SKIP = 2.2  # cost of a band without a partner


@dataclass(frozen=True, slots=True, kw_only=True)
class Pair:
    """A cluster of computed bands and the measured band that it is taken for. `members` index the reference's bands,
    `weights` are their shares of the height."""

    members: tuple[int, ...]
    weights: tuple[float, ...]
    computed_cm1: float
    measured_cm1: float
    log_ratio: float


def measured_peaks(reference: BandReference) -> tuple[Array, Array]:
    """Positions (P,) in cm-1 and heights (P,), 100 the strongest, of what stands out of a measured spectrum."""
    curve = synthesise(reference, _AXIS)
    found, _ = find_peaks(curve, prominence=_FAINTEST / 100.0 * curve.max())
    return _AXIS[found], 100.0 * curve[found] / curve[found].max()


def clusters(shift_cm1: Array, height: Array) -> list[list[int]]:
    """Indices of bands that fall together, faint clusters left out, in order of position."""
    order = [int(i) for i in np.argsort(shift_cm1) if _AXIS[0] <= shift_cm1[i] <= _AXIS[-1]]
    groups: list[list[int]] = []
    for index in order:
        if groups and shift_cm1[index] - shift_cm1[groups[-1][-1]] < _NEAR_CM1:
            groups[-1].append(index)
        else:
            groups.append([index])
    return [group for group in groups if height[group].sum() >= _FAINTEST]


def align(cost: Array) -> list[tuple[int, int]]:
    """The cheapest order-keeping pairs of rows and columns, where leaving one out costs `_SKIP`.

    Needleman and Wunsch, J. Mol. Biol. 48 (1970) 443, 10.1016/0022-2836(70)90057-4.
    """
    rows, columns = cost.shape
    best = np.zeros((rows + 1, columns + 1))
    best[1:, 0] = _SKIP * np.arange(1, rows + 1)
    best[0, 1:] = _SKIP * np.arange(1, columns + 1)
    for i in range(1, rows + 1):
        for j in range(1, columns + 1):
            pair = best[i - 1, j - 1] + cost[i - 1, j - 1]
            best[i, j] = min(pair, best[i - 1, j] + _SKIP, best[i, j - 1] + _SKIP)
    pairs, i, j = [], rows, columns
    while i and j:
        if np.isclose(best[i, j], best[i - 1, j - 1] + cost[i - 1, j - 1]):
            i, j = i - 1, j - 1
            pairs.append((i, j))
        elif np.isclose(best[i, j], best[i - 1, j] + _SKIP):
            i -= 1
        else:
            j -= 1
    return pairs[::-1]


def assign(computed: ComputedReference, measured: BandReference, by: Scaling) -> tuple[Pair, ...]:
    """The pairs of computed and measured bands of one substance between 200 and 1900 cm-1."""
    shift, height = computed.placed(by)
    groups = clusters(shift, height)
    totals = np.array([height[group].sum() for group in groups])
    centres = np.array([np.average(shift[group], weights=height[group]) for group in groups])
    at, tall = measured_peaks(measured)
    logs = np.log(totals[:, None] / tall)
    cost = ((centres[:, None] - at) / _POSITION_CM1) ** 2 + (logs / (2.0 * np.log(_FACTOR))) ** 2
    return tuple(
        Pair(
            members=tuple(groups[i]),
            weights=tuple(float(one) for one in height[groups[i]] / totals[i]),
            computed_cm1=float(centres[i]),
            measured_cm1=float(at[j]),
            log_ratio=float(logs[i, j]),
        )
        for i, j in align(cost)
    )

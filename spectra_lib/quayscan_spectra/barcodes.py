"""Barcodes: what the references of a family have in common and benign goods do not, as weights over the Raman shift."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from functools import cache

import numpy as np

from .profile import Array
from .table_rows import Row, table_rows

POINTS_CM1 = np.arange(400.0, 1801.0, 10.0)
POINTS_CM1.setflags(write=False)
SMOOTHING_CM1 = 12.0
"""Sigma of the smoothing: computed positions are 10 cm-1 off, an instrument's axis a few."""
REACH_SIGMA = 4.0


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Barcode:
    """One family's barcode.

    Attributes
    ----------
    family : its id. members : ids of the references that it was derived from.
    weight, mean : (141,) at `POINTS_CM1`, read-only: the weights, and the mean pattern of benign goods.
    regions_cm1 : bounds of the regions that count for the family, the one that counts most first.
    sha256 : of weights and mean; what was calibrated for other ones does not hold.
    """

    family: str
    members: tuple[str, ...]
    weight: Array
    mean: Array
    regions_cm1: tuple[tuple[float, float], ...]
    sha256: str

    def score(self, pattern: Array) -> float:
        """How much a pattern is the family's, in standard deviations of benign goods from their mean."""
        return float(self.weight @ (pattern - self.mean))


def pattern(axis_cm1: Array, bands: Array) -> Array:
    """What of a spectrum a barcode looks at: roots of its bands, smoothed, of length 1.

    Parameters
    ----------
    axis_cm1 : (N,) evenly spaced, from 400 cm-1 or less to 1800 or more.
    bands : (N,) band part, without background; less than 0 counts as 0.

    Returns
    -------
    (141,) float64 at `POINTS_CM1`; zeros where there is no band at all.
    """
    roots = np.sqrt(np.maximum(bands, 0.0))
    step = float(axis_cm1[1] - axis_cm1[0])
    reach = np.arange(-REACH_SIGMA * SMOOTHING_CM1, REACH_SIGMA * SMOOTHING_CM1 + step / 2, step)
    smooth = np.convolve(roots, np.exp(-0.5 * (reach / SMOOTHING_CM1) ** 2), mode="same")
    sampled = np.asarray(np.interp(POINTS_CM1, axis_cm1, smooth), dtype=np.float64)
    length = float(np.linalg.norm(sampled))
    return np.asarray(sampled / length, dtype=np.float64) if length > 0 else sampled


def barcode(family: str, members: tuple[str, ...], weight: Array, mean: Array, shared: Array) -> Barcode:
    """A barcode with its regions: runs of points where the weight is positive and every member exceeds benign goods.

    Parameters
    ----------
    weight, mean : (141,). shared : (141,) the least that any member has there.
    """
    for values in (weight, mean):
        values.setflags(write=False)
    digest = hashlib.sha256(b"".join(np.round(one, 5).astype("<f8").tobytes() for one in (weight, mean)))
    return Barcode(
        family=family,
        members=members,
        weight=weight,
        mean=mean,
        regions_cm1=_regions(np.where((weight > 0) & (shared > mean), weight * (shared - mean), 0.0)),
        sha256=digest.hexdigest(),
    )


def _regions(gain: Array) -> tuple[tuple[float, float], ...]:
    edges = np.flatnonzero(np.diff(np.concatenate([[0], gain > 0, [0]]).astype(int)))
    runs = [(start, stop) for start, stop in zip(edges[::2], edges[1::2], strict=True)]
    runs.sort(key=lambda run: -float(gain[run[0] : run[1]].sum()))
    return tuple((float(POINTS_CM1[start]), float(POINTS_CM1[stop - 1])) for start, stop in runs)


@cache
def barcodes() -> tuple[Barcode, ...]:
    """Every barcode of the table, in order of family; families with too few references have none."""
    found: dict[str, list[Row]] = {}
    for row in table_rows("barcodes"):
        found.setdefault(row["family"], []).append(row)
    return tuple(_barcode(family, rows) for family, rows in sorted(found.items()))


def _barcode(family: str, rows: list[Row]) -> Barcode:
    weight, mean, shared = (np.array([float(row[name]) for row in rows]) for name in ("weight", "mean", "shared"))
    return barcode(family, tuple(rows[0]["members"].split("|")), weight, mean, shared)

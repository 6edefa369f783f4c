"""Computed references: their positions are 10 cm-1 off and their heights a factor of two, and the score allows for it.

Two likenesses of the query with each computed entry:

- cosine of the square roots of the band parts, what a few wide splines can follow removed, best of the axis shifts;
- peaks of both sides assigned one to one (`scipy.optimize.linear_sum_assignment`), each pair counting less the farther
  apart and the more unequal its two peaks are.

Each loses its mean over a cohort of unrelated spectra (the library's measured and published entries) and is divided by
their standard deviation: without that, an entry with many bands is like everything. The score is the mean of the two.
A plain likelihood ratio of "measured against computed" would not do: it lets an entry win that is like nothing.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from weakref import WeakKeyDictionary

import numpy as np
from numpy.typing import NDArray

from ..library import Grade, Library, default_library
from ..preprocess import Features
from ..preprocess.envelope import band_part
from ..preprocess.grid import GRID, STEP_CM1, WINDOW, BoolArray, FloatArray
from ..preprocess.projection import project_out
from .conformal import Calibration
from .identity import same_answer
from .prepared import unit
from .shifts import stacked_shifts

SPLINES = 8
"""Of the background: 14 follow bands as wide as computed ones are uncertain (seen on 18 molecules)."""

SMOOTHING_CM1 = 4.5
"""Sigma by which the query is smoothed beyond the common resolution, for the cosine."""

POSITION_SD_CM1 = 12.0
HEIGHT_FACTOR = 2.0
"""What a computed peak may be off: 10 cm-1 and a factor 1.8 (validation), and a few cm-1 for the instrument's axis."""

LEAST_HEIGHT = 0.02
"""Peaks lower than this share of the strongest do not count."""

NOISE_MULTIPLE = 4.0
"""Nor do the query's peaks that stand out by less than this many standard deviations of the noise."""

LEAST_COHORT = 30
"""A library with fewer measured entries borrows those of the shipped one."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ComputedEvidence:
    """Numbers about the hypothesis that one computed reference is that of the sample.

    `entry`, `substance` and `name` are as the library says. `score` is in standard deviations of unrelated spectra,
    `cosine` and `peaks` are the two likenesses, 0 to 1. `p_value` says how often unrelated spectra come this near
    to any computed entry, None where there is no calibration.
    """

    entry: int
    substance: str
    name: str
    score: float
    cosine: float
    peaks: float
    p_value: float | None

    @property
    def grade(self) -> Grade:
        """Always "computed"."""
        return "computed"


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Peaks:
    """Peaks within the window: (P,) positions in cm-1, and heights, the highest 1."""

    shift_cm1: FloatArray
    height: FloatArray


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class ComputedEntries:
    """The computed entries of a library, ready to be compared.

    `rows` (K,) in the library; `roots` (K, 701); `peaks` of each; `mean` and `deviation` (2, K) of cosine and peaks
    over the cohort.
    """

    rows: NDArray[np.intp]
    roots: FloatArray
    peaks: tuple[Peaks, ...]
    mean: FloatArray
    deviation: FloatArray


_PREPARED: WeakKeyDictionary[Library, ComputedEntries] = WeakKeyDictionary()


def computed_evidence(
    features: Features, library: Library, calibration: Calibration | None
) -> tuple[ComputedEvidence, ...]:
    """Evidence about every computed entry of a library, best score first; empty when it has none."""
    entries = computed_entries(library)
    if not entries.rows.size:
        return ()
    seen = features.variance[WINDOW][features.mask[WINDOW]]
    noise = float(np.sqrt(np.median(seen))) if seen.size else 0.0
    likeness = _likeness(features.bands, features.mask, noise, entries)
    scores = ((likeness - entries.mean) / entries.deviation).mean(axis=0)
    found = [
        ComputedEvidence(
            entry=int(row),
            substance=library.references[int(row)].substance,
            name=library.references[int(row)].name,
            score=float(scores[at]),
            cosine=float(likeness[0, at]),
            peaks=float(likeness[1, at]),
            p_value=None if calibration is None else calibration.p_value(float(scores[at])),
        )
        for at, row in enumerate(entries.rows)
    ]
    return tuple(sorted(found, key=lambda one: (-one.score, one.entry)))


def computed_entries(library: Library) -> ComputedEntries:
    """A library's computed entries; prepared once for each library and kept as long as it lives."""
    entries = _PREPARED.get(library)
    if entries is None:
        entries = _PREPARED[library] = _prepare(library)
    return entries


def _rows(library: Library, *, computed: bool) -> NDArray[np.intp]:
    return np.flatnonzero([(one.grade == "computed") == computed for one in library.references])


def _prepare(library: Library) -> ComputedEntries:
    rows = _rows(library, computed=True)
    bands = _bands(library, rows)
    bare = ComputedEntries(
        rows=rows,
        roots=np.sqrt(bands[:, WINDOW]),
        peaks=tuple(peaks_of(one, 0.0) for one in bands),
        mean=np.zeros((2, rows.size)),
        deviation=np.ones((2, rows.size)),
    )
    return _normalised(bare, library) if rows.size else bare


def _normalised(bare: ComputedEntries, library: Library) -> ComputedEntries:
    cohort = library
    if _rows(library, computed=False).size < LEAST_COHORT:
        cohort = default_library()
    others = _rows(cohort, computed=False)
    bands, masks = _bands(cohort, others), cohort.masks(others)
    likeness = np.stack([_likeness(one, mask, 0.0, bare) for one, mask in zip(bands, masks, strict=True)])
    names = [cohort.references[int(row)].substance for row in others]
    mean, deviation = np.zeros((2, bare.rows.size)), np.ones((2, bare.rows.size))
    for at, row in enumerate(bare.rows):
        substance = library.references[int(row)].substance
        unrelated = likeness[[not same_answer(name, substance) for name in names], :, at]
        mean[:, at], deviation[:, at] = unrelated.mean(axis=0), np.maximum(unrelated.std(axis=0), 1e-6)
    return ComputedEntries(rows=bare.rows, roots=bare.roots, peaks=bare.peaks, mean=mean, deviation=deviation)


def _bands(library: Library, rows: NDArray[np.intp]) -> FloatArray:
    """(K, 951) band parts of library rows."""
    values = np.asarray(library.spectra[rows], dtype=np.float64)
    masks = library.masks(rows)
    bands = [band_part(one, mask) for one, mask in zip(values, masks, strict=True)]
    return np.stack(bands) if bands else np.zeros((0, GRID.size))


def _likeness(bands: FloatArray, mask: NDArray[np.bool_], noise: float, entries: ComputedEntries) -> FloatArray:
    """(2, K) cosine and peak likeness of a query's (951,) band part with each entry."""
    from scipy.ndimage import gaussian_filter1d  # here and below: half a second that most commands need not spend

    joint: BoolArray = np.asarray(stacked_shifts(mask).all(axis=0))
    smooth = np.maximum(gaussian_filter1d(bands, SMOOTHING_CM1 / STEP_CM1), 0.0)
    moved = unit(project_out(stacked_shifts(np.sqrt(smooth)), joint, SPLINES))
    cosine = np.matmul(moved, unit(project_out(entries.roots, joint, SPLINES)).T).max(axis=0)
    own = peaks_of(bands, noise)
    return np.stack([cosine, peak_likenesses(own, entries.peaks)])


def peaks_of(bands: FloatArray, noise: float) -> Peaks:
    """Peaks of a (951,) band part within the window that stand out from noise of this standard deviation."""
    from scipy.ndimage import gaussian_filter1d
    from scipy.signal import find_peaks

    smooth = gaussian_filter1d(bands[WINDOW], 1.0)
    highest = max(float(smooth.max()), 1e-12)
    found, _ = find_peaks(smooth, prominence=max(LEAST_HEIGHT * highest, NOISE_MULTIPLE * noise))
    return Peaks(shift_cm1=GRID[WINDOW][found], height=smooth[found] / highest)


def peak_likenesses(one: Peaks, others: Sequence[Peaks]) -> FloatArray:
    """(K,) how well the peaks of a spectrum can be paired with those of each other, 0 to 1; 1 for equal spectra."""
    from scipy.optimize import linear_sum_assignment

    result = np.zeros(len(others))
    shift, height = (np.concatenate([getattr(each, name) for each in others]) for name in Peaks.__slots__)
    apart = (one.shift_cm1[:, None] - shift) / POSITION_SD_CM1
    unequal = np.log(one.height[:, None] / height) / (2 * np.log(HEIGHT_FACTOR))
    own, root = np.sqrt(one.height), np.sqrt(height)
    gain = np.exp(-0.5 * (apart**2 + unequal**2)) * np.sqrt(own[:, None] * root)
    ends = np.cumsum([each.height.size for each in others])
    for at, (end, each) in enumerate(zip(ends, others, strict=True)):
        mine = slice(end - each.height.size, end)
        if own.size and each.height.size:
            first, second = linear_sum_assignment(gain[:, mine], maximize=True)
            result[at] = gain[:, mine][first, second].sum() / np.sqrt(own.sum() * root[mine].sum())
    return result

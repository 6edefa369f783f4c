"""Which references can an instrument not tell apart? Each plays the sample, and the match scores it against the others.

The sample is the reference itself, as this instrument would measure it: at its resolution, with noise, on an axis that
is a little off, within its range. Whatever then comes so near to the reference that a verdict would name both cannot be
told from it. That is the best case: another lot, a background or a container makes it no easier.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass

import numpy as np
from scipy.ndimage import gaussian_filter1d

from ..errors import UsageError
from ..library import Library
from ..match import MatchOptions, match
from ..match.identity import same_answer
from ..match.prepared import compared_rows
from ..preprocess import Features, Quality
from ..preprocess.envelope import envelope
from ..preprocess.grid import GRID, STEP_CM1, WINDOW_START_CM1, WINDOW_STOP_CM1, BoolArray, FloatArray
from ..preprocess.resample import kernel_for

REFERENCE_FWHM_CM1 = 8.0
"""Of the instruments that the shipped references come from (7 to 10 cm-1): a finer one cannot be imitated."""

FWHM_TO_SIGMA = 1 / np.sqrt(8 * np.log(2))
HIGHEST_SCORE = 0.9999
LEAST_SEEN = 0.5
"""In atanh of the score: a sample that its own reference explains no better shows no bands here."""
LEAST_RANGE_CM1 = 700.0
DRAWS = 3


@dataclass(frozen=True, slots=True, kw_only=True)
class Instrument:
    """What an instrument can do.

    Attributes
    ----------
    snr : strongest band of a spectrum over the noise of one point of 2 cm-1.
    resolution_cm1 : full width at half maximum of a sharp line. low_cm1, high_cm1 : what it covers.
    jitter_cm1 : standard deviation of its axis error.

    Raises
    ------
    UsageError
        One of them makes no sense.
    """

    snr: float = 100.0
    resolution_cm1: float = REFERENCE_FWHM_CM1
    low_cm1: float = WINDOW_START_CM1
    high_cm1: float = WINDOW_STOP_CM1
    jitter_cm1: float = 2.0

    def __post_init__(self) -> None:
        if not self.snr >= 1:
            raise UsageError(f"--snr {self.snr:g}: give a number from 1 on")
        if not 0 < self.resolution_cm1 <= 60:
            raise UsageError(f"--resolution {self.resolution_cm1:g}: give a width in cm-1 above 0 and up to 60")
        if not self.high_cm1 - self.low_cm1 >= LEAST_RANGE_CM1:
            raise UsageError(
                f"--range {self.low_cm1:g}-{self.high_cm1:g}: half of 400-1800 cm-1 is needed to compare anything,"
                " as in 400-1800"
            )


@dataclass(frozen=True, slots=True, kw_only=True)
class Confusion:
    """A pair that the instrument cannot tell apart.

    Attributes
    ----------
    sample, other : substance ids; `other` comes as near as this when `sample` is measured.
    lead : how far the sample was before it in the worst draw, in atanh of the score; below 0 it came second.
    share : share of the draws in which a verdict would name both, or the other alone.
    """

    sample: str
    other: str
    lead: float
    share: float


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class ConfusionMap:
    """What an instrument can and cannot tell apart.

    Attributes
    ----------
    substances : (S,) ids in order.
    lead : (S, S) how far the sample (row) was before each other one (column) in the worst draw; infinite on the
        diagonal, for one answer with it, and where the other one came near in no draw.
    confusions : pairs within the margin, the worst first. margin : of the match.
    unseen : substances of which this instrument saw no band in some draw; they stand in no pair as the sample.
    left_out : computed references, which are compared otherwise.
    """

    substances: tuple[str, ...]
    lead: FloatArray
    confusions: tuple[Confusion, ...]
    margin: float
    unseen: tuple[str, ...]
    left_out: int


def confusion_map(
    library: Library,
    instrument: Instrument,
    *,
    seed: int = 0,
    options: MatchOptions | None = None,
    on_progress: Callable[[int, int], None] = lambda done, total: None,
) -> ConfusionMap:
    """Let every measured and published reference of a library be the sample, three times.

    Parameters
    ----------
    seed : of noise and axis errors. on_progress : is told how many references are done, of how many.
    """
    options = options if options is not None else MatchOptions()
    rows = compared_rows(library)
    names = tuple(sorted({library.references[int(row)].substance for row in rows}))
    tally = _Tally(names, options.margin)
    generator = np.random.default_rng(seed)
    for done, row in enumerate(rows, start=1):
        own = library.references[int(row)].substance
        for features in _samples(library, int(row), instrument, generator):
            tally.add(own, _scores(features, library, options))
        on_progress(done, rows.size)
    return ConfusionMap(
        substances=names,
        lead=tally.worst,
        confusions=tally.confusions(),
        margin=options.margin,
        unseen=tuple(sorted(tally.unseen)),
        left_out=len(library) - rows.size,
    )


class _Tally:
    """Leads of all draws, counted."""

    def __init__(self, names: tuple[str, ...], margin: float) -> None:
        self.at = {name: index for index, name in enumerate(names)}
        self.margin = margin
        self.worst = np.full((len(names), len(names)), np.inf)
        self.within = np.zeros((len(names), len(names)))
        self.draws = np.zeros(len(names))
        self.unseen: set[str] = set()

    def add(self, own: str, scores: Mapping[str, float]) -> None:
        """One draw: how far the sample is before each other substance that the match judged."""
        mine = max((score for name, score in scores.items() if same_answer(name, own)), default=0.0)
        row = self.at[own]
        self.draws[row] += 1
        if mine < LEAST_SEEN:
            self.unseen.add(own)
            return
        for name, score in scores.items():
            if not same_answer(name, own):
                column, lead = self.at[name], mine - score
                self.worst[row, column] = min(self.worst[row, column], lead)
                self.within[row, column] += lead < self.margin

    def confusions(self) -> tuple[Confusion, ...]:
        names = list(self.at)
        found = [
            Confusion(
                sample=names[row],
                other=names[column],
                lead=float(self.worst[row, column]),
                share=float(self.within[row, column] / self.draws[row]),
            )
            for row, column in np.argwhere(self.worst < self.margin)
        ]
        return tuple(sorted(found, key=lambda one: (one.lead, one.sample, one.other)))


def _scores(features: Features, library: Library, options: MatchOptions) -> dict[str, float]:
    """The best score of every substance that the match judges, in atanh."""
    best: dict[str, float] = {}
    for one in match(features, library, options).evidence:
        best.setdefault(one.substance, float(np.arctanh(min(one.score, HIGHEST_SCORE))))
    return best


def _samples(library: Library, row: int, instrument: Instrument, generator: np.random.Generator) -> Iterator[Features]:
    """A reference as the instrument would measure it, three times."""
    known = library.masks(slice(row, row + 1))[0]
    spectrum = _broadened(np.asarray(library.spectra[row], dtype=np.float64), instrument.resolution_cm1)
    height = float((spectrum - envelope(spectrum, known))[known].max())
    mask = known & (instrument.low_cm1 <= GRID) & (instrument.high_cm1 >= GRID)
    for _ in range(DRAWS):
        moved = np.interp(GRID - generator.normal(0.0, instrument.jitter_cm1), GRID, spectrum)
        pixels = generator.normal(0.0, height / instrument.snr, GRID.size)
        yield _features(moved, pixels, height / instrument.snr, mask)


def _broadened(spectrum: FloatArray, resolution_cm1: float) -> FloatArray:
    """A spectrum at a coarser resolution than the references have; as it is for a finer one."""
    extra = max(resolution_cm1**2 - REFERENCE_FWHM_CM1**2, 0.0) ** 0.5 * FWHM_TO_SIGMA
    if extra <= 0:
        return spectrum
    return np.asarray(gaussian_filter1d(spectrum, extra / STEP_CM1, mode="nearest"), dtype=np.float64)


def _features(spectrum: FloatArray, noise: FloatArray, deviation: float, mask: BoolArray) -> Features:
    """The reference is at the common resolution already; the noise of the pixels is brought to it."""
    kernel = kernel_for(GRID)
    values = np.where(mask, spectrum + kernel.apply(noise), 0.0)
    variance = np.where(mask, kernel.apply_variance(np.full(GRID.size, deviation**2)), 0.0)
    level = envelope(values, mask)
    return Features(
        values=values,
        variance=variance,
        mask=mask,
        level=level,
        bands=np.where(mask, np.maximum(values - level, 0.0), 0.0),
        quality=Quality(signal_to_noise=0.0, level_to_noise=0.0, saturated_fraction=0.0, coverage=1.0, spikes=0),
        laser_nm=None,
        title="",
    )

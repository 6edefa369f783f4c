"""On-library queries with their axis displaced by known, random amounts."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np

from quayscan.formats import read_spectrum
from quayscan.preprocess import Features, prepare

from . import trials

SHIFT_CM1 = (25.0, 300.0)
STRETCH = (0.03, 0.10)


@dataclass(frozen=True, kw_only=True, eq=False)
class Displaced:
    """One query with a displaced axis."""

    instrument: str
    label: str
    group: str
    shift_cm1: float
    stretch: float
    features: Features


def files_785(data: Path) -> list[tuple[str, str, Path]]:
    """(instrument, label, path) of every on-library file at 785 nm."""
    found = [("WP-01977-785nm", path.stem, path) for path in sorted((data / "spectra/raw-785x").glob("*.csv"))]
    for path in sorted((data / "spectra/instruments").glob("*785nm/*.csv")):
        found.append((path.parent.name, path.stem.rsplit("-", 1)[0], path))
    return [row for row in found if row[1].lower() not in trials.OFF_LIBRARY | trials.MIXED]


def displaced_queries(data: Path, *, each: int, seed: int) -> Iterator[Displaced]:
    """Every file `each` times, by turns shifted and stretched, either way, uniformly within the ranges."""
    rng = np.random.default_rng(seed)
    for instrument, label, path in files_785(data):
        spectrum = read_spectrum(path)
        for turn in range(each):
            sign = rng.choice([-1.0, 1.0])
            shift = float(sign * rng.uniform(*SHIFT_CM1)) if turn % 2 == 0 else 0.0
            stretch = float(sign * rng.uniform(*STRETCH)) if turn % 2 else 0.0
            moved = replace(spectrum, axis=spectrum.axis * (1 + stretch) + shift)
            yield Displaced(
                instrument=instrument,
                label=label,
                group=trials.group(label),
                shift_cm1=shift,
                stretch=stretch,
                features=prepare(moved),
            )

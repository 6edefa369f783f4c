"""Mixtures of the drawn substances, and what unmixes them."""

from __future__ import annotations

import numpy as np

from quayscan.library import Library
from quayscan.match import match
from quayscan.match.mixture import MixtureOptions, Unmixed, unmix
from quayscan.match.mixture.fit import Fit, problem
from quayscan.match.mixture.pursuit import Pursuit
from quayscan.preprocess import Features, prepare
from quayscan.spectrum import Spectrum

from ..drawing import SUBSTANCES, measured


def alone(substance: str) -> frozenset[str]:
    """Every substance is a group of its own."""
    return frozenset({substance})


def summed(parts: dict[str, float]) -> dict[float, float]:
    """Bands of a mixture: each substance's bands times its height."""
    bands: dict[float, float] = {}
    for name, height in parts.items():
        for centre, own in SUBSTANCES[name].items():
            bands[centre] = bands.get(centre, 0.0) + height * own
    return bands


def mixture(parts: dict[str, float], **how: float) -> Spectrum:
    return measured(summed(parts), **how)  # type: ignore[arg-type]  # one of the fields is an int


def unmixed(spectrum: Spectrum, library: Library, wall: Spectrum | None = None, **how: object) -> Unmixed:
    features = prepare(spectrum)
    options = MixtureOptions(**how)  # type: ignore[arg-type]  # the fields of MixtureOptions by name
    through = None if wall is None else prepare(wall)
    return unmix(features, library, match(features, library), group_of=alone, options=options, wall=through)


def pursuit(features: Features, library: Library, **how: object) -> Pursuit:
    options = MixtureOptions(**how)  # type: ignore[arg-type]  # the fields of MixtureOptions by name
    return Pursuit(
        query=problem(features, options),
        library=library,
        options=options,
        group_of=alone,
        allowed=np.ones(len(library), dtype=bool),
    )


def start(of: Pursuit, row: int, steps: int = 0) -> Fit:
    """The fit of one reference."""
    return of.fit([of.part(row, steps)], [of.query.area])


def names(found: Unmixed) -> list[str]:
    return [one.substance for one in found.ingredients]

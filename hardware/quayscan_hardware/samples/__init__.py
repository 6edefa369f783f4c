"""What can be put in front of the probe: samples with Raman bands, and plain sources.

The bands are this package's own tables, one CSV a sample; they never come from the reference library. How
strong, how fluorescent and in which phase a sample is stands in `samples.toml`.
"""

from __future__ import annotations

import csv
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from importlib.resources import files
from importlib.resources.abc import Traversable
from typing import Any

import numpy as np
from numpy.typing import NDArray

FloatArray = NDArray[np.float64]

DEFAULT_SAMPLE = "acetone"

SOURCES: Mapping[str, str] = {
    "dark": "the probe capped: no light at all",
    "neon": "a neon lamp, lit all the time; needs no laser",
    "none": "nothing in front of the probe: the faint glow of its own window",
    "srm2241": "the luminescent glass of NIST SRM 2241, a relative intensity standard at 785 nm",
}
"""Sources beside samples, and what each is."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Sample:
    """One sample: its bands as measured, and how it behaves under the laser.

    Attributes
    ----------
    shift_cm1, fwhm_cm1, eta, height : (B,) float64. Pseudo-Voigt bands; eta is the Lorentzian share,
        height has a scale of its own table.
    strength : height of the strongest band relative to a sample of strength 1.
    fluorescence : background at first light relative to the strongest band of a sample of strength 1.
    bleach_j : light dose in joules that brings the bleachable part of the background to 1/e.
    """

    name: str
    title: str
    phase: str
    strength: float
    fluorescence: float
    bleach_j: float
    note: str
    shift_cm1: FloatArray
    fwhm_cm1: FloatArray
    eta: FloatArray
    height: FloatArray


def sample_names() -> list[str]:
    """Every name that `resolve_sample` takes: the samples, then the sources, each sorted."""
    return sorted(_descriptions()) + sorted(SOURCES)


def resolve_sample(name: str) -> Sample | str:
    """The sample called `name`, or the name itself when it is one of `SOURCES`.

    Raises
    ------
    ValueError
        When there is no such sample or source (the message lists those that exist), or its table is unusable.
    """
    if name in SOURCES:
        return name
    descriptions = _descriptions()
    if name not in descriptions:
        raise ValueError(f"no sample is called {name!r}: choose one of {', '.join(sample_names())}")
    table = files(__name__).joinpath(f"{name}.csv")
    if not table.is_file():
        raise ValueError(f"sample {name} has no band table: add {name}.csv beside samples.toml")
    bands: dict[str, Any] = dict(read_bands(table))
    return Sample(name=name, **descriptions[name], **bands)


def read_bands(table: Traversable) -> dict[str, FloatArray]:
    """The band columns of one table: shift_cm1, fwhm_cm1, eta, height, each (B,) float64.

    Raises
    ------
    ValueError
        When there is no band, a number does not read, a width is not positive, or eta is outside 0 to 1.
    """
    names = ("shift_cm1", "fwhm_cm1", "eta", "height")
    rows = list(csv.DictReader(table.read_text(encoding="utf-8").splitlines()))
    if not rows:
        raise ValueError(f"{table.name} holds no band: give at least one row under its header")
    try:
        columns = {name: np.array([float(row[name]) for row in rows]) for name in names}
    except (KeyError, TypeError, ValueError) as exc:
        raise ValueError(f"{table.name} has a missing column or a cell that is no number ({exc})") from exc
    eta = columns["eta"]
    if not (np.all(columns["fwhm_cm1"] > 0) and np.all(eta >= 0) and np.all(eta <= 1)):
        raise ValueError(f"{table.name}: widths must be above 0 and eta between 0 and 1")
    return columns


def _descriptions() -> dict[str, dict[str, Any]]:
    return tomllib.loads(files(__name__).joinpath("samples.toml").read_text(encoding="utf-8"))

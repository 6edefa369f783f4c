"""Near-infrared samples: powders by their absorption bands, one CSV each in `nir/`, as operators 06 to 10 saw them.

The reference library is fitted to operators 01 to 05: a bench fed with the reference itself would prove nothing.
"""

from __future__ import annotations

import csv
from collections.abc import Mapping
from dataclasses import dataclass
from importlib.resources import files
from importlib.resources.abc import Traversable

import numpy as np

from . import FloatArray

NIR_SOURCES: Mapping[str, str] = {
    "dark": "the window capped: no light comes back",
    "none": "nothing in front of the window: its own faint reflection",
    "white": "a white tile, as the board's own reference",
}
"""What a near-infrared board can look at beside samples."""

DEFAULT_NIR_SAMPLE = "caffeine"


@dataclass(frozen=True, slots=True, kw_only=True)
class NirSample:
    """A powder: Gaussian absorption bands over a straight continuum, in absorbance of diffuse reflection.

    Attributes
    ----------
    position_nm, width_nm, depth_au : (B,) float64. Centre, full width at half maximum, absorbance at the centre.
    continuum_nm, continuum_au : (2,) float64. The two points of the line under the bands.
    """

    name: str
    position_nm: FloatArray
    width_nm: FloatArray
    depth_au: FloatArray
    continuum_nm: FloatArray
    continuum_au: FloatArray

    def absorbance(self, wavelength_nm: FloatArray) -> FloatArray:
        """The absorbance at each wavelength, (N,); it holds from 944 to 1676 nm."""
        distance = (wavelength_nm[:, None] - self.position_nm) / self.width_nm
        bands = np.exp(-4.0 * np.log(2.0) * distance**2) @ self.depth_au
        slope = np.diff(self.continuum_au)[0] / np.diff(self.continuum_nm)[0]
        absorbance: FloatArray = self.continuum_au[0] + slope * (wavelength_nm - self.continuum_nm[0]) + bands
        return absorbance


def nir_sample_names() -> list[str]:
    """Every name that `resolve_nir_sample` takes: the samples, then the sources, each sorted."""
    tables = (item.name for item in _folder().iterdir())
    return sorted(name[: -len(".csv")] for name in tables if name.endswith(".csv")) + sorted(NIR_SOURCES)


def resolve_nir_sample(name: str) -> NirSample | str:
    """The near-infrared sample called `name`, or the name itself when it is one of `NIR_SOURCES`.

    Raises
    ------
    ValueError
        When there is none of that name (the message lists those that exist), or its table is unusable.
    """
    if name not in nir_sample_names():
        raise ValueError(f"no near-infrared sample is called {name!r}: choose one of {', '.join(nir_sample_names())}")
    return name if name in NIR_SOURCES else read_nir_sample(_folder().joinpath(f"{name}.csv"))


def read_nir_sample(table: Traversable) -> NirSample:
    """One table: rows with the term "band", and two with the term "continuum".

    Raises
    ------
    ValueError
        When a cell is no number, a width is not positive, there is no band, or not two points of the continuum.
    """
    rows = list(csv.DictReader(table.read_text(encoding="utf-8").splitlines()))
    bands = [row for row in rows if row.get("term") == "band"]
    line = [row for row in rows if row.get("term") == "continuum"]
    if not bands or len(line) != 2:
        raise ValueError(
            f"{table.name} has {len(bands)} bands and {len(line)} continuum points: one and two are needed"
        )
    try:
        position, width, depth = (_column(bands, name) for name in ("position_nm", "width_nm", "depth_au"))
        continuum_nm, continuum_au = (_column(line, name) for name in ("position_nm", "depth_au"))
    except (KeyError, TypeError, ValueError) as exc:
        raise ValueError(f"{table.name} has a missing column or a cell that is no number ({exc})") from exc
    if not np.all(width > 0) or continuum_nm[0] == continuum_nm[1]:
        raise ValueError(f"{table.name}: widths must be above 0 and the continuum's points apart")
    return NirSample(
        name=table.name.removesuffix(".csv"),
        position_nm=position,
        width_nm=width,
        depth_au=depth,
        continuum_nm=continuum_nm,
        continuum_au=continuum_au,
    )


def _column(rows: list[dict[str, str]], name: str) -> FloatArray:
    return np.array([float(row[name]) for row in rows], dtype=np.float64)


def _folder() -> Traversable:
    return files("quayscan_hardware.samples").joinpath("nir")

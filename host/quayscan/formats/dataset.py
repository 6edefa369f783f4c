"""`Dataset`: one set of numbers as a file holds it, named for what it is."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal, get_args

import numpy as np

from ..errors import SpectrumError
from ..spectrum import FloatArray

Kind = Literal["spectrum", "sticks", "time series", "page", "interferogram", "curve", "counts", "damaged"]
KINDS: tuple[Kind, ...] = get_args(Kind)


@dataclass(frozen=True, slots=True, kw_only=True)
class Dataset:
    """What one block, page, subfile or table of a file says, in the file's own order and units.

    Attributes
    ----------
    kind : "spectrum" an intensity at every point of an axis; "sticks" a peak table; "time series" an axis of time (a
        free induction decay, a chromatogram); "page" one page of an NTUPLES table; "interferogram"; "curve" a graph
        that claims to be no spectrum; "counts" a detector's signal beside the spectrum made of it; "damaged" the sound
        points of a table that failed a check (the first note says which), never taken for a spectrum.
    x, y : (N,) float64, read-only, finite. `x` keeps the file's direction.
    x_quantity : "Raman shift", "wavenumber", "wavelength", "time", "frequency", "m/z", "chemical shift", "pixel",
        another name of the source, or "" where it names none.
    x_unit, y_unit : "cm-1", "nm", "s", ... or the source's own words; "" where it states none.
    technique : "Raman", "infrared", "NIR", "UV-VIS", "mass", "NMR", another name of the source, or "" not stated.
    name : which part of the file this is ("block 2", "subfile 3 at 4.03 min", "page N=1"); "" for the only one.
    title, instrument : as the source states them.
    laser_nm : excitation wavelength in nm; None where the source states none.
    saturated_fraction : share of the points that reached the converter's end; 0.0 when not known.
    notes : remarks of the reader that a verdict should repeat.

    Raises
    ------
    SpectrumError
        The arrays differ in length, are empty, or hold a number that is not finite.
    """

    kind: Kind
    x: FloatArray
    y: FloatArray
    x_quantity: str = ""
    x_unit: str = ""
    y_unit: str = ""
    technique: str = ""
    name: str = ""
    title: str = ""
    instrument: str = ""
    laser_nm: float | None = None
    saturated_fraction: float = 0.0
    notes: tuple[str, ...] = field(default=())

    def __post_init__(self) -> None:
        object.__setattr__(self, "x", _checked(self.x, "axis"))
        object.__setattr__(self, "y", _checked(self.y, "values"))
        if self.x.size != self.y.size or self.x.size == 0:
            raise SpectrumError(
                f"{self.label}: {self.x.size} points on the axis and {self.y.size} values: export the file again"
            )

    @property
    def label(self) -> str:
        """How messages call it: its name within the file, else its title or kind."""
        return self.name or self.title or self.kind

    @property
    def axis_text(self) -> str:
        """The axis in words, as in "Raman shift in cm-1"."""
        return " in ".join(part for part in (self.x_quantity, self.x_unit) if part) or "not stated"


def _checked(values: FloatArray, name: str) -> FloatArray:
    array = np.asarray(values, dtype=np.float64)
    if array.flags.writeable:  # a read-only one is kept: the subfiles of a file share their axis
        array = array.copy()
    if array.ndim != 1:
        raise SpectrumError(f"the {name} have {array.ndim} dimensions: one is needed")
    if not np.isfinite(array).all():
        at = int(np.argmin(np.isfinite(array)))
        raise SpectrumError(f"the {name} hold {array[at]} at point {at + 1}: repair the point or export again")
    array.setflags(write=False)
    return array

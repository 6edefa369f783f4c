"""`--wall FILE` and `scan --wall-first`: the empty container, measured on the same unit."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

if TYPE_CHECKING:
    from ..pipeline import ScanResult
    from ..spectrum import Spectrum

WallFile = Annotated[
    Path | None,
    typer.Option(
        "--wall",
        metavar="FILE",
        help="The empty container, measured on the same unit: what lies behind it is then named.",
    ),
]
WallFirst = Annotated[
    bool,
    typer.Option("--wall-first", help="Measure the empty container first, then ask for the sample and measure it."),
]

EMPTY = "empty container"
"""What the record of a wall's own scan is called, after the sample's name."""


def read_wall(path: Path | None, laser_nm: float | None = None) -> Spectrum | None:
    """The wall's spectrum; None without a file.

    Raises
    ------
    InputError
        The file cannot be read as a spectrum.
    """
    from ..formats import read_spectrum

    return None if path is None else read_spectrum(path, laser_nm=laser_nm)


def measure_wall(measure: Callable[[str], ScanResult], sample: str) -> ScanResult:
    """Scan the empty container, then wait until the sample is in place.

    Parameters
    ----------
    measure : scans once; it takes the record's name of the sample.
    """
    result = measure(f"{sample}, {EMPTY}" if sample else EMPTY)
    typer.prompt(
        "The empty container is measured. Put the sample behind it and press Enter",
        default="",
        show_default=False,
        err=True,
    )
    return result

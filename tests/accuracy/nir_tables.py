"""What is known of near-infrared scans where a library has too few operators: `make nir-tables` writes it anew.

`spread.csv` comes from the operators that the shipped references were fitted to, `scores.csv` from the others: no scan
has a say in its own case. A test compares both with what ships.
"""

from __future__ import annotations

import csv
import sys
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

import numpy as np

from quayscan.library import Library
from quayscan.library.nir import default_nir_library
from quayscan.match.nir.classes import centres_of, classes_of, weighted_cosines
from quayscan.preprocess.nir.grid import GRID, WINDOW
from quayscan_spectra.build.nir_sources import REFERENCE_OPERATORS

from .nir_spectra import FOLDER, Scan, scans

PLACE = Path(__file__).parents[2] / "host/quayscan/match/nir"
SOURCE = f"github SLx64/nirscan-sc@66b554d, examples/spectra, {FOLDER}"
LICENCE = "MIT"

Row = Mapping[str, str]


def fitted_to(scan: Scan) -> bool:
    return int(scan.operator.removeprefix("group")) in REFERENCE_OPERATORS


def spread_rows(data: Path) -> Iterator[Row]:
    """Variance of the operators' scans around the centre of their class, point by point."""
    chosen = [scan for scan in scans(data) if fitted_to(scan)]
    curves = np.array([scan.features.curve for scan in chosen])
    names, label = np.unique([scan.substance for scan in chosen], return_inverse=True)
    variance = np.mean((curves - centres_of(curves, label, len(names))[label]) ** 2, axis=0)
    for wavelength, value in zip(GRID[WINDOW], variance, strict=True):
        yield {"wavelength_nm": f"{wavelength:g}", "variance": f"{value:.4e}", "source": SOURCE, "licence": LICENCE}


def score_rows(data: Path, library: Library) -> Iterator[Row]:
    """Each other scan's score with its own class, and its best with all others."""
    classes = classes_of(library)
    for scan in scans(data):
        if fitted_to(scan):
            continue
        scores = weighted_cosines(scan.features.curve[None], classes.centres, classes.weight, scan.features.seen)[0]
        own = classes.substances.index(scan.substance)
        yield {
            "operator": scan.operator,
            "scan": scan.stem,
            "substance": scan.substance,
            "classes": str(len(classes.substances) - 1),
            "right": f"{scores[own]:.6f}",
            "wrong": f"{np.delete(scores, own).max():.6f}",
        }


def write(path: Path, rows: Sequence[Row]) -> None:
    with path.open("w", newline="", encoding="utf-8") as file:
        writer = csv.DictWriter(file, list(rows[0]), lineterminator="\n")
        writer.writeheader()
        writer.writerows(rows)


def main() -> None:
    data = Path(sys.argv[1])
    write(PLACE / "spread.csv", list(spread_rows(data)))
    write(PLACE / "scores.csv", list(score_rows(data, default_nir_library())))


if __name__ == "__main__":
    main()

"""Small seasons of spectra files, drawn from the library's own bands with noise: for wiring, not for accuracy."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import numpy as np

import quayscan_spectra
from quayscan.batch import Here, Progress, Setup, find_sources, open_output, run_batch
from quayscan.batch.output import check_question, kind_of
from quayscan.pipeline import Request

AXIS = np.arange(300.0, 2000.0, 2.0)
AT = date(2026, 12, 1)


def spectrum_text(at: int) -> str:
    """Two columns of one substance after the other."""
    measured = [one for one in quayscan_spectra.references() if one.grade == "measured"]
    reference = measured[at % len(measured)]
    signal = 100 * quayscan_spectra.synthesise(reference, AXIS) + 2000
    noisy = np.random.default_rng(at).poisson(signal)
    return "".join(f"{x},{y}\n" for x, y in zip(AXIS, noisy, strict=True))


def write_season(folder: Path, count: int, *, bad: int | None = None) -> list[Path]:
    """Files 0000.csv, 0001.csv and so on; the one at `bad` is cut off within a number."""
    folder.mkdir(exist_ok=True)
    paths = [folder / f"{at:04}.csv" for at in range(count)]
    for at, path in enumerate(paths):
        text = spectrum_text(at)
        path.write_text(text[: text.index(",", 400)] + "\n" if at == bad else text)
    return paths


def identified(folder: Path, out: Path, *, resume: bool = False, at: date = AT) -> Progress:
    """The files of a folder into `out`, in this process."""
    request = Request(at=at)
    output = open_output(out, resume=resume)
    check_question(output, request, None)
    setup = Setup(library=None, request=request, laser_nm=None, kind=kind_of(out))
    return run_batch(find_sources([folder]), setup, Here(), output)

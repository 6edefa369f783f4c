"""The axis of a two-column file is what its own heading says, or an error; never another column's word."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from quayscan.errors import FileFormatError
from quayscan.formats import read_datasets, read_spectrum

NM = np.linspace(800.0, 1000.0, 50)
SHIFT = 1e7 / 785.0 - 1e7 / NM
COUNTS = 100.0 + 10.0 * np.exp(-(((NM - 850.0) / 10.0) ** 2))


def written(folder: Path, heading: str, x: np.ndarray, *more: np.ndarray, comma: bool = False) -> Path:
    path = folder / "x.csv"
    rows = (";".join(f"{value:.6f}" for value in row) for row in zip(x, *(more or (COUNTS,)), strict=True))
    text = "\n".join([heading, *rows])
    path.write_text(text.replace(".", ",") if comma else text.replace(";", ","), encoding="utf-8")
    return path


@pytest.mark.parametrize(
    ("heading", "factor"),
    [
        ("# Raman spectrum of acetone\nWavelength (nm),Intensity", 1.0),
        ("wavelength (um),intensity", 1e-3),
        ("wavelength [µm],intensity", 1e-3),
    ],
)
def test_a_wavelength_needs_the_laser_whatever_else_the_file_calls_itself(
    heading: str, factor: float, tmp_path: Path
) -> None:
    path = written(tmp_path, heading, NM * factor)
    with pytest.raises(FileFormatError, match="--laser-nm"):
        read_spectrum(path)
    assert read_spectrum(path, laser_nm=785.0).axis == pytest.approx(SHIFT, abs=0.02)


def test_absolute_wavenumbers_of_light_are_no_shift(tmp_path: Path) -> None:
    path = written(tmp_path, "wavenumber (cm-1),intensity", 1e7 / NM)
    with pytest.raises(FileFormatError, match="--laser-nm"):
        read_spectrum(path)
    assert read_spectrum(path, laser_nm=785.0).axis == pytest.approx(SHIFT, abs=0.02)


def test_wavenumbers_below_those_of_light_are_the_shift_and_a_note_says_so(tmp_path: Path) -> None:
    (one,) = read_datasets(written(tmp_path, "wavenumber,intensity", SHIFT))
    assert one.x_quantity == "Raman shift"
    assert "at these values it is the shift" in one.notes[0]


@pytest.mark.parametrize(
    "heading",
    [
        "# Integration time 10 seconds",
        "# exposure: 3 seconds, 5 scans",
        "sample 7, 10 minutes after opening",
        "# caffeine 100 ppm in water\nx,counts per seconds",
    ],
)
def test_a_remark_with_another_unit_is_no_axis(heading: str, tmp_path: Path) -> None:
    assert read_spectrum(written(tmp_path, heading, SHIFT)).axis == pytest.approx(SHIFT, abs=1e-5)


@pytest.mark.parametrize(
    "heading", ["frequency (GHz),intensity", "time (minutes),intensity", "Frequency (GHz) Intensity"]
)
def test_a_unit_that_is_no_axis_of_a_spectrum_is_an_error(heading: str, tmp_path: Path) -> None:
    with pytest.raises(FileFormatError, match="the axis is in"):
        read_datasets(written(tmp_path, heading, NM))


def test_more_than_two_columns_of_numbers_are_an_error(tmp_path: Path) -> None:
    path = written(tmp_path, "pixel,wavelength nm,Raman shift,counts", np.arange(50.0), NM, SHIFT, COUNTS)
    with pytest.raises(FileFormatError, match="4 columns of numbers"):
        read_datasets(path)


def test_decimal_commas_give_the_same_numbers(tmp_path: Path) -> None:
    plain = read_spectrum(written(tmp_path, "Raman shift (cm-1),counts", SHIFT))
    comma = read_spectrum(written(tmp_path, "Raman shift (cm-1);counts", SHIFT, comma=True))
    assert np.array_equal(plain.axis, comma.axis)
    assert np.array_equal(plain.intensity, comma.intensity)

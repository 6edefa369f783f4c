"""Reflectance, transmittance and Kubelka-Munk units become absorbance; what has no unit is said to have none."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from quayscan.errors import FileFormatError
from quayscan.formats import Dataset, read_spectrum
from quayscan.formats.absorbance import NOT_STATED, absorbance_of
from quayscan.formats.write import encode

SHARE = np.linspace(0.05, 0.95, 40)
AXIS = np.linspace(950.0, 1650.0, 40)


def dataset(values: np.ndarray, unit: str) -> Dataset:
    return Dataset(
        kind="spectrum", x=AXIS, y=values, x_quantity="wavelength", x_unit="nm", y_unit=unit, technique="NIR", title="x"
    )


@pytest.mark.parametrize(
    ("values", "unit"),
    [
        (-np.log10(SHARE), "absorbance"),
        (-np.log10(SHARE), "log(1/R)"),
        (SHARE, "reflectance"),
        (100 * SHARE, "% reflectance"),
        (100 * SHARE, "Transmittance (percent)"),
        ((1 - SHARE) ** 2 / (2 * SHARE), "Kubelka-Munk"),
    ],
)
def test_every_unit_gives_the_same_absorbance(values: np.ndarray, unit: str) -> None:
    found, notes = absorbance_of(Path("x"), dataset(values, unit))
    np.testing.assert_allclose(found, -np.log10(SHARE), atol=1e-12)
    assert notes == ()


def test_values_without_a_unit_are_absorbance_and_a_note_says_so() -> None:
    found, notes = absorbance_of(Path("x"), dataset(SHARE, ""))
    np.testing.assert_array_equal(found, SHARE)
    assert notes == (NOT_STATED,)


@pytest.mark.parametrize(
    ("values", "unit", "says"),
    [
        (SHARE - 0.05, "reflectance", "reflectance of 0"),
        (100 * SHARE, "reflectance", "of 95: .*in percent"),
        (SHARE - 0.5, "Kubelka-Munk", "none is negative"),
    ],
)
def test_values_that_no_absorbance_belongs_to_are_refused(values: np.ndarray, unit: str, says: str) -> None:
    with pytest.raises(FileFormatError, match=says):
        absorbance_of(Path("x"), dataset(values, unit))


def test_a_reflectance_file_is_read_as_absorbance(tmp_path: Path) -> None:
    for name, content in encode(Path("x.x"), [dataset(SHARE, "reflectance")], "csv"):
        (tmp_path / name).write_bytes(content)
        spectrum = read_spectrum(tmp_path / name)
    assert spectrum.axis_unit == "wavelength_nm"
    np.testing.assert_allclose(spectrum.intensity, -np.log10(SHARE))


@pytest.mark.parametrize(
    ("heading", "values"),
    [
        ("Wavelength (nm),Absorbance", -np.log10(SHARE)),
        ("nm,reflectance", SHARE),
        ("wavelength/nm,Reflectance (%)", 100 * SHARE),
        ("Wavelength (nm),log(1/R)", -np.log10(SHARE)),
    ],
)
def test_two_columns_whose_heading_says_that_light_was_absorbed_need_no_laser(
    tmp_path: Path, heading: str, values: np.ndarray
) -> None:
    path = tmp_path / "x.csv"
    path.write_text(heading + "\n" + "".join(f"{x:.3f},{float(y)!r}\n" for x, y in zip(AXIS, values, strict=True)))
    spectrum = read_spectrum(path)
    assert (spectrum.axis_unit, spectrum.notes) == ("wavelength_nm", ())
    np.testing.assert_allclose(spectrum.intensity, -np.log10(SHARE), rtol=1e-9)


def test_near_infrared_over_wavenumber_comes_over_wavelength(tmp_path: Path) -> None:
    path = tmp_path / "x.csv"
    rows = zip(1e7 / AXIS[::-1], SHARE[::-1], strict=True)
    path.write_text("wavenumber (cm-1);absorbance\n" + "".join(f"{float(x)!r};{float(y)!r}\n" for x, y in rows))
    spectrum = read_spectrum(path)
    np.testing.assert_allclose(spectrum.axis, AXIS)
    np.testing.assert_allclose(spectrum.intensity, SHARE)


@pytest.mark.parametrize("heading", ["Wavelength (nm),Intensity", "wavenumber (cm-1),absorbance"])
def test_what_is_neither_raman_nor_near_infrared_is_refused(tmp_path: Path, heading: str) -> None:
    path = tmp_path / "x.csv"
    path.write_text(heading + "\n" + "".join(f"{x:.3f},{y:.5f}\n" for x, y in zip(AXIS, SHARE, strict=True)))
    with pytest.raises(FileFormatError):
        read_spectrum(path)


def test_a_raman_shift_beside_a_word_on_absorption_stays_one(tmp_path: Path) -> None:
    path = tmp_path / "x.csv"
    path.write_text("Raman shift (cm-1),intensity; absorption corrected\n" + "".join(f"{x:.3f},1\n" for x in AXIS))
    assert read_spectrum(path).axis_unit == "shift_cm1"

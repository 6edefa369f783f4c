"""Counts over pixels from files of three makes, and what is none."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from quayscan.calibrate.pixel_file import read_pixels
from quayscan.errors import FileFormatError


def write(path: Path, text: str) -> Path:
    path.write_text(text, encoding="utf-8")
    return path


def test_plain_pixels_and_counts(tmp_path: Path) -> None:
    found = read_pixels(write(tmp_path / "a.csv", "Pixels #,Intensity (a.u.)\n0.0,7.5\n1.0,8.5\n"))
    np.testing.assert_array_equal(found.counts, [7.5, 8.5])
    assert found.start is None


def test_decimal_commas_dark_and_blank_axis_cells(tmp_path: Path) -> None:
    text = (
        "coefs_a0;769,5\ncoefs_a1;0,15\nlaser_wavelength;784,82\n"
        "Pixel;Wavelength;Raman Shift;Dark;Raw data #1;\n0;  ;  ;10,5;12,0;\n1;769,6;1,0;10,0;15,5;\n"
    )
    found = read_pixels(write(tmp_path / "b.txt", text))
    np.testing.assert_array_equal(found.counts, [1.5, 5.5])
    assert found.start is not None
    assert found.start.laser_nm == 784.82
    np.testing.assert_allclose(found.start.axis(np.array([-1.0, 1.0])), [769.5, 769.65])


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("Raman shift,Intensity\n1,2\n", "no table with a Pixel column"),
        ("Pixel,Wavelength\n0,800\n", "line 1: no Raw, Intensity or Counts"),
        ("Pixel,Raw\n0,5\n2,6\n", "line 3: pixel 1"),
        ("Pixel,Raw\n0,5\n1,x\n", "line 3: pixel 1"),
        ("Pixel,Raw\n0,5\n1\n", "line 3: pixel 1"),
        ("Pixel,Raw\n0,inf\n", "line 2: pixel 0"),
    ],
)
def test_what_is_no_table_of_pixels_names_the_line_and_the_remedy(tmp_path: Path, text: str, says: str) -> None:
    with pytest.raises(FileFormatError, match=says) as raised:
        read_pixels(write(tmp_path / "bad.csv", text))
    assert "export" in str(raised.value)


@pytest.mark.needs_shared_data
def test_real_files_give_all_pixels_and_where_to_begin(shared_data: Path) -> None:
    lamp = read_pixels(shared_data / "spectra/calibration/bwtek-785/Ne_785nm_x20_50ms.txt")
    assert lamp.counts.size == 2048
    assert lamp.start is not None
    assert lamp.start.axis(np.array([-1.0]))[0] == pytest.approx(769.44, abs=0.01)
    enlighten = read_pixels(sorted((shared_data / "spectra/raw-785x").glob("*.csv"))[0])
    assert enlighten.counts.size == 2048
    assert enlighten.start is not None
    assert enlighten.start.laser_nm == 785.032

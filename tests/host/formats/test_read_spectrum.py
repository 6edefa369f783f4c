"""Spectrum files: what is read, and what is refused with file, line and remedy."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from quayscan.errors import FileFormatError
from quayscan.formats import read_datasets, read_spectrum
from quayscan.formats.text import MAX_BYTES

ROWS = 40
ENLIGHTEN_HEAD = "ENLIGHTEN Version,4.1.22\nSerial Number,WP-1\nLaser Wavelength,785.0\n\n"


def enlighten(columns: str, rows: list[str]) -> str:
    return ENLIGHTEN_HEAD + "\n".join([columns, *rows]) + "\n"


def write(tmp_path: Path, text: str) -> Path:
    path = tmp_path / "sample.csv"
    path.write_text(text, encoding="utf-8")
    return path


def test_raw_minus_dark_is_taken_before_the_processed_column(tmp_path: Path) -> None:
    rows = [f"{i},{400 + i},7.0,{100 + i},{10}" for i in range(ROWS)]
    spectrum = read_spectrum(write(tmp_path, enlighten("Pixel,Wavenumber,Processed,Raw,Dark", rows)))
    np.testing.assert_array_equal(spectrum.intensity, 90.0 + np.arange(ROWS))
    assert (spectrum.laser_nm, spectrum.instrument, spectrum.title) == (785.0, "WP-1", "sample")
    assert spectrum.notes == ()


def test_processed_column_is_used_and_said_when_there_is_no_raw(tmp_path: Path) -> None:
    rows = [f"{400 + i},{i}" for i in range(ROWS)]
    spectrum = read_spectrum(write(tmp_path, enlighten("Wavenumber,Processed", rows)))
    np.testing.assert_array_equal(spectrum.intensity, np.arange(ROWS))
    assert "processed" in spectrum.notes[0]


def test_wavelength_axis_becomes_raman_shift_with_the_files_laser(tmp_path: Path) -> None:
    rows = [f"{800 + i},{i}" for i in range(ROWS)]
    spectrum = read_spectrum(write(tmp_path, enlighten("Wavelength,Processed", rows)))
    np.testing.assert_allclose(spectrum.axis, 1e7 / 785.0 - 1e7 / (800 + np.arange(ROWS)))


def test_a_wavelength_axis_without_its_laser_asks_for_the_option_and_takes_it(tmp_path: Path) -> None:
    rows = [f"{800 + i},{i}" for i in range(ROWS)]
    path = write(tmp_path, enlighten("Wavelength,Processed", rows).replace("Laser Wavelength,785.0\n", ""))
    with pytest.raises(FileFormatError, match=r"line 4: the axis is in nm .* --laser-nm"):
        read_spectrum(path)
    np.testing.assert_allclose(read_spectrum(path, laser_nm=785.0).axis, 1e7 / 785.0 - 1e7 / (800 + np.arange(ROWS)))
    (dataset,) = read_datasets(path, laser_nm=785.0)
    assert (dataset.x_quantity, dataset.laser_nm) == ("Raman shift", 785.0)


def test_blank_cells_at_the_ends_are_left_out(tmp_path: Path) -> None:
    rows = [f"{400 + i},{'NA' if i < 5 or i > 35 else i}" for i in range(ROWS)]
    spectrum = read_spectrum(write(tmp_path, enlighten("Wavenumber,Processed", rows)))
    assert (spectrum.axis[0], spectrum.axis[-1]) == (405, 435)


def test_saturated_pixels_are_counted(tmp_path: Path) -> None:
    rows = [f"{400 + i},{65535 if i < 4 else 100},10" for i in range(ROWS)]
    spectrum = read_spectrum(write(tmp_path, enlighten("Wavenumber,Raw,Dark", rows)))
    assert spectrum.saturated_fraction == pytest.approx(4 / ROWS)


@pytest.mark.parametrize("delimiter", [",", ";", "\t", "  "])
@pytest.mark.parametrize("heading", ["", "Raman shift (cm-1){d}intensity\n"])
def test_two_columns_are_read_with_any_usual_delimiter(tmp_path: Path, delimiter: str, heading: str) -> None:
    text = heading.format(d=delimiter) + "".join(f"{400 + i}{delimiter}{i * i}\n" for i in range(ROWS))
    spectrum = read_spectrum(write(tmp_path, text))
    np.testing.assert_array_equal(spectrum.axis, 400 + np.arange(ROWS))
    np.testing.assert_array_equal(spectrum.intensity, np.arange(ROWS) ** 2)


def test_descending_axis_is_turned_round(tmp_path: Path) -> None:
    spectrum = read_spectrum(write(tmp_path, "".join(f"{400 - i},{i}\n" for i in range(ROWS))))
    assert spectrum.axis[0] == 400 - ROWS + 1
    assert spectrum.intensity[0] == ROWS - 1


def test_nm_axis_without_a_laser_names_the_option(tmp_path: Path) -> None:
    path = write(tmp_path, "Wavelength (nm),counts\n" + "".join(f"{800 + i},{i}\n" for i in range(ROWS)))
    with pytest.raises(FileFormatError, match="--laser-nm"):
        read_spectrum(path)
    assert read_spectrum(path, laser_nm=785.0).axis[0] == pytest.approx(1e7 / 785 - 1e7 / 800)


GOOD = [f"{400 + i},{i}" for i in range(ROWS)]


def replaced(at: int, row: str) -> str:
    return "\n".join([*GOOD[:at], row, *GOOD[at + 1 :]]) + "\n"


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("", r"line 1: the file is empty"),
        (replaced(9, "abc,1"), r"line 10: 'abc' is no number"),
        (replaced(9, "409"), r"line 10: 1 cells where 2 are needed"),
        (replaced(9, "409,nan"), r"line 10: no finite number"),
        (replaced(9, "409,inf"), r"line 10: no finite number"),
        (replaced(9, "100,1"), r"line 10: the axis goes from 408 to 100"),
        (replaced(9, "408,1"), r"line 10: the axis goes from 408 to 408"),
        (replaced(9, ""), r"line 11: data after an empty line"),
        ("\n".join(GOOD[:5]), r"5 points are no spectrum"),
        ("".join(f"{400 + i},nan\n" for i in range(ROWS)), r"line 1: no row has both"),
        ("just a letter\nto a friend\n", r"line 1: no line with two numbers"),
        (ENLIGHTEN_HEAD, r"line 4: ends before its columns"),
        (enlighten("Wavenumber,Processed", [*GOOD[:3], "403"]), r"line 9: 1 cells where 2"),
    ],
)
def test_bad_text_names_file_line_and_fault(tmp_path: Path, text: str, says: str) -> None:
    path = write(tmp_path, text)
    with pytest.raises(FileFormatError, match=says) as caught:
        read_spectrum(path)
    message = str(caught.value)
    assert message.startswith(f"{path}: ")
    assert "\n" not in message
    assert message.count(":") >= 2  # file, fault, remedy


def test_binary_file_is_refused_with_the_line(tmp_path: Path) -> None:
    path = tmp_path / "x.csv"
    path.write_bytes(b"PK\x03\x04\n\n\0\0\0")
    with pytest.raises(FileFormatError, match=r"line 3: a binary file"):
        read_spectrum(path)


def test_huge_sparse_file_is_refused_without_reading_it(tmp_path: Path) -> None:
    path = tmp_path / "huge.csv"
    with path.open("wb") as file:
        file.truncate(2 * 2**30)
    with pytest.raises(FileFormatError, match=f"limit {MAX_BYTES:,}"):
        read_spectrum(path)


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16", "cp1252"])
def test_text_is_read_in_the_encodings_of_spreadsheets(tmp_path: Path, encoding: str) -> None:
    path = tmp_path / "sample.csv"
    path.write_text(enlighten("Wavenumber,Processed", GOOD), encoding=encoding)
    np.testing.assert_array_equal(read_spectrum(path).axis, 400 + np.arange(ROWS))
    path.write_text("Raman shift (cm\u00b91),Intensit\u00e9\n" + "\n".join(GOOD), encoding=encoding)
    np.testing.assert_array_equal(read_spectrum(path).axis, 400 + np.arange(ROWS))


@pytest.mark.parametrize("name", ["missing.csv", "."])
def test_missing_file_and_folder_are_refused(tmp_path: Path, name: str) -> None:
    with pytest.raises(FileFormatError):
        read_spectrum(tmp_path / name)


@given(st.binary(max_size=400))
def test_any_bytes_give_a_spectrum_or_a_file_format_error(
    tmp_path_factory: pytest.TempPathFactory, data: bytes
) -> None:
    path = tmp_path_factory.getbasetemp() / "any.csv"
    path.write_bytes(data)
    try:
        spectrum = read_spectrum(path)
    except FileFormatError:
        return
    assert np.all(np.diff(spectrum.axis) > 0)


@pytest.mark.needs_shared_data
def test_every_development_file_is_read(shared_data: Path) -> None:
    files = [*shared_data.glob("spectra/library-785/*.csv"), *shared_data.glob("spectra/raw-785x/*.csv")]
    files += shared_data.glob("spectra/instruments/*/*.csv")
    assert len(files) == 255
    for file in files:
        assert read_spectrum(file).laser_nm is not None


@pytest.mark.parametrize("rows", ["0,5\n", "800,inf\n", "1e-320,1\n"])
def test_numbers_beyond_all_bounds_are_an_error_and_no_warning(tmp_path: Path, rows: str) -> None:
    good = "".join(f"{800 + i},{i}\n" for i in range(ROWS))
    path = write(tmp_path, "Wavelength (nm),counts\n" + rows + good)
    try:
        spectrum = read_spectrum(path, laser_nm=785.0)
    except FileFormatError:
        return
    assert np.isfinite(spectrum.intensity).all()

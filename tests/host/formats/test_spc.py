"""Galactic SPC: every sub-type and byte order, damaged headers, and the public files."""

from __future__ import annotations

from pathlib import Path

import format_samples as samples
import numpy as np
import pytest

from quayscan.errors import FileFormatError, UsageError
from quayscan.formats import Dataset, read_datasets, read_spectrum
from quayscan.formats.spc import spc_bytes


@pytest.fixture
def save(tmp_path: Path):
    def write(data: bytes) -> Path:
        path = tmp_path / "file.spc"
        path.write_bytes(data)
        return path

    return write


@pytest.mark.parametrize("order", ["<", ">"])
@pytest.mark.parametrize("make", [samples.spc_floats, samples.spc_words])
def test_single_spectrum_in_both_byte_orders(save, make, order: str) -> None:
    (found,) = read_datasets(save(make(order)))
    np.testing.assert_allclose(found.x, samples.SHIFT, rtol=1e-15)
    np.testing.assert_array_equal(found.y, samples.COUNTS)
    assert (found.technique, found.x_quantity, found.y_unit) == ("Raman", "Raman shift", "counts")
    assert found.title == "hand packed"


@pytest.mark.parametrize("data", [samples.spc_words(width=2), samples.spc_words(">", width=2), samples.spc_old(2)])
def test_half_words_are_scaled_by_their_own_exponent(save, data: bytes) -> None:
    (found,) = read_datasets(save(data))
    np.testing.assert_allclose(found.y, samples.COUNTS, atol=2.0**-5)  # half a step of 2**(12 - 16)


def test_old_format_swaps_the_halves_of_its_words(save) -> None:
    (found,) = read_datasets(save(samples.spc_old()))
    np.testing.assert_array_equal(found.y, samples.COUNTS)
    np.testing.assert_allclose(found.x, samples.SHIFT, rtol=1e-15)


@pytest.mark.parametrize("order", ["<", ">"])
def test_subfiles_share_one_axis(save, order: str) -> None:
    found = read_datasets(save(samples.spc_xyy(order)))
    assert [one.name for one in found] == [f"subfile {at} of 3 at z {at}" for at in (1, 2, 3)]
    for at, one in enumerate(found, 1):
        assert one.x is found[0].x
        np.testing.assert_array_equal(one.x, samples.SPC_X)
        np.testing.assert_array_equal(one.y, at * samples.COUNTS)


@pytest.mark.parametrize("order", ["<", ">"])
@pytest.mark.parametrize("directory", [True, False])
def test_each_subfile_has_its_own_axis_with_or_without_directory(save, order: str, directory: bool) -> None:
    found = read_datasets(save(samples.spc_xyxyxy(order, directory=directory)))
    assert [one.x.size for one in found] == [64, 32, 16]
    for one in found:
        np.testing.assert_array_equal(one.x, samples.SPC_X[: one.x.size])
        np.testing.assert_array_equal(one.y, samples.COUNTS[: one.x.size])


def test_raman_experiment_on_a_wavenumber_axis_is_shift_only_where_light_cannot_be(save) -> None:
    body = samples.subheader("<") + samples.COUNTS.astype("<f4").tobytes()
    found = read_spectrum(save(samples.spc(x_code=1, body=body)))
    assert found.axis_unit == "shift_cm1"
    assert "wavenumber" in found.notes[0]
    x = (12738.85 - samples.SHIFT).astype("<f4").tobytes()
    path = save(samples.spc(x_code=1, flags=0x80, body=x + body))
    with pytest.raises(FileFormatError, match="--laser-nm"):
        read_spectrum(path)
    np.testing.assert_allclose(read_spectrum(path, laser_nm=785.0).axis, samples.SHIFT, atol=0.01)  # float32 axis


@pytest.mark.parametrize(
    ("data", "says"),
    [
        (samples.spc_floats()[:400], r"400 bytes hold no SPC header"),
        (samples.spc_floats()[:-4], r"ends after 796 bytes, its data after 800"),
        (samples.spc_floats()[:520], r"the file ends within its data"),
        (samples.spc(points=2**31 - 1), r"2147483647 points in the header of a file of 512 bytes"),
        (samples.spc(points=-5), r"-5 points in the header"),
        (samples.spc(subfiles=10**9, body=b"\0" * 9999), r"1000000000 subfiles"),
        (samples.spc(flags=0xC4, subfiles=10**9, points=0, body=b"\0" * 9999), r"1000000000 subfiles"),
        (samples.spc(flags=0xC4, subfiles=2, points=10**6), r"the file ends within its data"),
        (b"\0\x20" + samples.spc_floats()[2:], r"byte 1 is 0x20, no version of SPC"),
    ],
)
def test_damaged_file_is_refused(save, data: bytes, says: str) -> None:
    with pytest.raises(FileFormatError, match=says):
        read_datasets(save(data))


def test_directory_that_points_at_one_place_many_times_cannot_fill_memory(save) -> None:
    block = samples.subheader("<", points=400) + b"\0" * 3200
    entries = (512).to_bytes(4, "little") + b"\0" * 8
    data = samples.spc(flags=0xC4, subfiles=100, points=512 + len(block), body=block + 100 * entries)
    with pytest.raises(FileFormatError, match=r"400 points in subfile \d"):
        read_datasets(save(data))


def test_data_of_different_units_do_not_fit_one_file() -> None:
    one = Dataset(kind="spectrum", x=samples.SHIFT, y=samples.COUNTS, x_unit="cm-1")
    other = Dataset(kind="spectrum", x=samples.SHIFT, y=samples.COUNTS, x_unit="nm")
    with pytest.raises(UsageError, match="different units"):
        spc_bytes([one, other])


@pytest.mark.needs_shared_data
def test_all_public_files_are_read(shared_data: Path) -> None:
    files = [path for path in (shared_data / "fixtures/spc").iterdir() if path.suffix.lower() == ".spc"]
    assert len(files) == 29
    counts = {file.name: len(read_datasets(file)) for file in files}
    several = {name: count for name, count in counts.items() if count > 1}
    assert several == {
        "BARBITUATES.SPC": 286,
        "CONTOUR.SPC": 19,
        "DEMO_3D.SPC": 32,
        "DRUG_SAMPLE.SPC": 400,
        "DRUG_SAMPLE_PEAKS.SPC": 6,
        "IG_MULTI.SPC": 10,
        "LC_DIODE_ARRAY.SPC": 350,
        "Witec-timeseries.spc": 25,
        "Witec_image2x3_SPC_Data_1_F.spc": 6,
        "Witec_timeseries3x_SPC_Data_1.spc": 3,
        "barbsvd.spc": 286,
        "wplanes.spc": 30,
    }


@pytest.mark.needs_shared_data
def test_numbers_are_those_that_another_program_exported(shared_data: Path) -> None:
    exported = np.loadtxt(shared_data / "fixtures/spc/wplanes.txt", delimiter=",")
    found = read_datasets(shared_data / "fixtures/spc/wplanes.spc")
    np.testing.assert_allclose(found[0].x, exported[:, 0], rtol=5e-5)  # the export has five digits
    for at, one in enumerate(found, 1):
        np.testing.assert_allclose(one.y, exported[:, at], rtol=5e-5, atol=1e-9)


@pytest.mark.needs_shared_data
def test_old_subfiles_are_the_same_spectrum_times_a_factor(shared_data: Path) -> None:
    """As the comment of CONTOUR.SPC says; the spectrum itself is a part of POLYR.SPC on another grid."""
    whole = read_datasets(shared_data / "fixtures/spc/POLYR.SPC")[0]
    found = read_datasets(shared_data / "fixtures/spc/CONTOUR.SPC")
    portion = np.interp(found[0].x[::-1], whole.x, whole.y)[::-1]
    assert np.corrcoef(portion, found[0].y)[0, 1] > 0.9999
    for one in found:
        assert np.corrcoef(found[0].y, one.y)[0, 1] > 1 - 1e-8

"""WDF, NeXus, CHARISMA, B&W Tek, NIRscan, OpenRAMAN, RRUFF and the handheld's JSON."""

from __future__ import annotations

import io
import os
import sys
from pathlib import Path

import format_samples as samples
import h5py
import numpy as np
import pytest

from quayscan.errors import FileFormatError
from quayscan.formats import hdf5, read_datasets, read_spectrum


@pytest.fixture
def save(tmp_path: Path):
    def write(data: bytes, name: str) -> Path:
        path = tmp_path / name
        path.write_bytes(data)
        return path

    return write


@pytest.mark.parametrize("name", samples.ALL)
def test_every_sample_is_read_by_content_whatever_its_name(save, name: str) -> None:
    named = read_datasets(save(samples.ALL[name], name))
    renamed = read_datasets(save(samples.ALL[name], "a.bin"))
    for one, other in zip(named, renamed, strict=True):
        np.testing.assert_array_equal(one.y, other.y)


def test_map_gives_every_spectrum_on_the_files_descending_axis(save) -> None:
    found = read_datasets(save(samples.wdf(), "map.wdf"))
    assert [one.name for one in found] == ["spectrum 1 of 3", "spectrum 2 of 3", "spectrum 3 of 3"]
    np.testing.assert_array_equal(found[0].x, samples.SPC_X[::-1])
    np.testing.assert_array_equal(found[2].y, 3 * samples.COUNTS)
    assert found[0].laser_nm == pytest.approx(785.0)
    spectrum = read_spectrum(save(samples.wdf(), "map.wdf"), dataset=3)
    np.testing.assert_array_equal(spectrum.intensity, 3 * samples.COUNTS[::-1])


@pytest.mark.parametrize(
    ("data", "says"),
    [
        (samples.wdf()[:300], "300 bytes hold no WDF header"),
        (samples.wdf()[:-4], "block 'XLST' at byte .* claims"),
        (samples.wdf().replace(b"XLST", b"XXXX"), "no XLST block"),
        (samples.wdf()[:72] + b"\xff" * 8 + samples.wdf()[80:], "the header promises 18446744073709551615 of 3"),
        (samples.wdf()[:512] + b"DATA\0\0\0\0" + b"\xff" * 8 + samples.wdf()[528:], "block 'DATA' at byte 512 claims"),
        (samples.wdf()[:60] + (63).to_bytes(4, "little") + samples.wdf()[64:], None),
        (samples.wdf()[:60] + (65).to_bytes(4, "little") + samples.wdf()[64:], "block holds 64 numbers where 65"),
    ],
)
def test_damaged_wdf_is_refused(save, data: bytes, says: str | None) -> None:
    path = save(data, "map.wdf")
    if says is None:  # fewer points than the blocks hold: the header is what counts
        assert read_datasets(path)[0].x.size == 63
        return
    with pytest.raises(FileFormatError, match=says):
        read_datasets(path)


@pytest.mark.needs_shared_data
def test_renishaw_map_is_what_its_own_reader_gives(shared_data: Path) -> None:
    """Known values from renishawWiRE 0.1.16 on the same file."""
    found = read_datasets(shared_data / "fixtures/cheminfo/from/__tests__/data/6x6.wdf")
    assert len(found) == 36
    assert found[0].laser_nm == pytest.approx(456.81708945593886)
    np.testing.assert_allclose(found[0].x[:3], [2801.459, 2800.0488, 2798.6387], rtol=1e-6)
    np.testing.assert_allclose(found[0].y[:3], [5339.013, 5119.0674, 5366.323], rtol=1e-6)
    assert (found[0].title, found[0].y_unit) == ("Simple mapping measurement 1", "counts")


def test_nexus_reads_shift_laser_and_title(save) -> None:
    spectrum = read_spectrum(save(samples.nexus(), "q.nxs"))
    np.testing.assert_array_equal(spectrum.axis, samples.SHIFT)
    np.testing.assert_array_equal(spectrum.intensity, samples.COUNTS)
    assert (spectrum.laser_nm, spectrum.title) == (532.1, "quartz")


def changed_nexus(change) -> bytes:
    buffer = io.BytesIO(samples.nexus())
    with h5py.File(buffer, "r+") as file:
        change(file)
    return buffer.getvalue()


def test_nexus_wavelength_axis_uses_the_files_laser(save) -> None:
    def to_nm(file: h5py.File) -> None:
        del file["entry/data/x_values_raman"]
        file["entry/data/x_values_raman"] = 1e7 / (1e7 / 532.1 - samples.SHIFT)
        file["entry/data/x_values_raman"].attrs["units"] = "nm"

    spectrum = read_spectrum(save(changed_nexus(to_nm), "q.nxs"))
    np.testing.assert_allclose(spectrum.axis, samples.SHIFT, rtol=1e-9)

    def no_laser(file: h5py.File) -> None:
        to_nm(file)
        del file["entry/instrument"]

    with pytest.raises(FileFormatError, match="--laser-nm"):
        read_spectrum(save(changed_nexus(no_laser), "q.nxs"))


def test_unnamed_wavenumbers_of_a_raman_entry_are_shift_only_where_light_cannot_be(save) -> None:
    def rename(file: h5py.File, values: np.ndarray) -> None:
        del file["entry/data/x_values_raman"]
        file["entry/data/x"] = values
        file["entry/data/x"].attrs["units"] = "1/cm"
        file["entry/data"].attrs["axes"] = "x"

    spectrum = read_spectrum(save(changed_nexus(lambda file: rename(file, samples.SHIFT)), "q.nxs"))
    np.testing.assert_array_equal(spectrum.axis, samples.SHIFT)
    assert "at these values it is the shift" in spectrum.notes[0]
    absolute = 1e7 / 532.1 - samples.SHIFT
    spectrum = read_spectrum(save(changed_nexus(lambda file: rename(file, absolute)), "q.nxs"))
    np.testing.assert_allclose(spectrum.axis, samples.SHIFT, atol=1e-9)
    assert spectrum.notes == ()


def test_nexus_without_its_signal_or_with_a_huge_one_is_refused(save) -> None:
    def no_signal(file: h5py.File) -> None:
        file["entry/data"].attrs["signal"] = "elsewhere"

    with pytest.raises(FileFormatError, match="names no signal and axis"):
        read_datasets(save(changed_nexus(no_signal), "q.nxs"))

    def huge(file: h5py.File) -> None:
        del file["entry/data/y_values"]
        file["entry/data"].create_dataset("y_values", shape=(10**6, 10**6), dtype="f8", chunks=(1, 1000))

    with pytest.raises(FileFormatError, match="1,000,000,000,000 values"):
        read_datasets(save(changed_nexus(huge), "q.nxs"))


def test_nexus_never_follows_a_link_out_of_the_file(save, tmp_path: Path) -> None:
    with h5py.File(tmp_path / "other.h5", "w") as other:
        other["y"] = samples.COUNTS

    def external(file: h5py.File) -> None:
        del file["entry/data/y_values"]
        file["entry/data/y_values"] = h5py.ExternalLink(str(tmp_path / "other.h5"), "/y")

    with pytest.raises(FileFormatError, match="names no signal and axis"):
        read_datasets(save(changed_nexus(external), "q.nxs"))

    def stored_elsewhere(file: h5py.File) -> None:
        del file["entry/data/y_values"]
        layout = h5py.VirtualLayout(shape=samples.COUNTS.shape, dtype="f8")
        layout[:] = h5py.VirtualSource(str(tmp_path / "other.h5"), "y", shape=samples.COUNTS.shape)
        file["entry/data"].create_virtual_dataset("y_values", layout)

    with pytest.raises(FileFormatError, match="keeps its values in other files"):
        read_datasets(save(changed_nexus(stored_elsewhere), "q.nxs"))


def test_one_array_linked_many_times_cannot_fill_memory(save) -> None:
    def many(file: h5py.File) -> None:
        file["x"] = np.arange(2.0**20)
        file["x"].attrs["units"] = "1/cm"
        for at in range(30):
            group = file.create_group(f"entry/data{at}")
            group.attrs.update({"NX_class": "NXdata", "signal": "y", "axes": "x"})
            group["x"] = group["y"] = file["x"]

    with pytest.raises(FileFormatError, match="holds over 8,388,608 values in all"):
        read_datasets(save(changed_nexus(many), "q.nxs"))


def test_hdf5_without_h5py_names_the_extra(save, monkeypatch: pytest.MonkeyPatch) -> None:
    path = save(samples.nexus(), "q.nxs")
    monkeypatch.setitem(sys.modules, "h5py", None)
    with pytest.raises(FileFormatError, match=r"pip install 'quayscan\[formats\]'"):
        read_datasets(path)


def test_charisma_takes_raw_as_the_spectrum_and_says_what_it_assumes(save) -> None:
    path = save(samples.charisma(), "pst.cha")
    assert [(one.kind, one.name) for one in read_datasets(path)] == [("spectrum", "raw"), ("page", "normalized")]
    spectrum = read_spectrum(path)
    np.testing.assert_array_equal(spectrum.intensity, samples.COUNTS)
    assert (spectrum.laser_nm, spectrum.title, spectrum.instrument) == (785.0, "PST", "BWTek")
    assert "does not state its axis" in spectrum.notes[0]


def test_bwtek_reads_decimal_commas_and_leaves_blank_axis_cells_out(save) -> None:
    spectrum = read_spectrum(save(samples.bwtek(), "b.txt"))
    np.testing.assert_allclose(spectrum.axis, samples.SHIFT[3:], atol=0.005)  # two decimals in the file
    np.testing.assert_array_equal(spectrum.intensity, samples.COUNTS[3:] - 100)
    assert (spectrum.laser_nm, spectrum.instrument) == (784.82, "BTC162E")


def test_bwtek_bad_cell_names_its_line(save) -> None:
    lines = samples.bwtek().decode().splitlines()
    lines[20] = lines[20].replace("100,0000", "many")
    with pytest.raises(FileFormatError, match="line 21: 'many' is no number"):
        read_datasets(save("\n".join(lines).encode(), "b.txt"))


def test_nirscan_gives_absorbance_and_both_signals(save) -> None:
    path = save(samples.nirscan(), "n.csv")
    assert [(one.kind, one.name) for one in read_datasets(path)] == [
        ("spectrum", "absorbance"),
        ("counts", "reference signal"),
        ("counts", "sample signal"),
    ]
    spectrum = read_spectrum(path)
    assert (spectrum.axis_unit, spectrum.laser_nm, spectrum.axis[0]) == ("wavelength_nm", None, 900.0)


def test_nirscan_with_a_lost_line_is_refused(save) -> None:
    data = b"".join(samples.nirscan().splitlines(keepends=True)[:-1])
    with pytest.raises(FileFormatError, match=r"line 67: 63 points where the header says 64"):
        read_datasets(save(data, "n.csv"))


def test_openraman_pixels_are_read_and_never_taken_for_shift(save) -> None:
    path = save(samples.openraman(), "o.csv")
    assert read_datasets(path)[0].x_unit == "pixel"
    with pytest.raises(FileFormatError, match="the axis is pixel"):
        read_spectrum(path)


def test_handhelds_record_is_raw_minus_dark_over_its_own_calibration(save) -> None:
    spectrum = read_spectrum(save(samples.oem_json(), "r.json"))
    wavelength = 800.0 + 1.5 * np.arange(2, samples.POINTS - 2)
    np.testing.assert_allclose(spectrum.axis, 1e7 / 785.0 - 1e7 / wavelength)
    np.testing.assert_array_equal(spectrum.intensity, samples.COUNTS[2:-2] - 100)


@pytest.mark.parametrize(
    ("text", "says"),
    [
        (b'{"a":\n1,}', "line 2: no JSON"),
        (b'{"a": 1}', "no spectrometer's record"),
        (b'{"wavecalCoeffs": [1, 2], "raw": "x"}', "'raw' is no list of numbers"),
        (b'{"wavecalCoeffs": [1, 2], "raw": [1, 2], "dark": [1]}', "raw has 2 points, dark 1"),
        (b'{"wavecalCoeffs": [1, 1e308], "raw": [1, 2, 3]}', "give no finite axis"),
        (b'{"wavecalCoeffs": [1, 2], "raw": [1' + b"0" * 400 + b"]}", "too large"),
        (b'{"a":' + b"[" * 100_000, "no JSON"),
    ],
)
def test_bad_json_is_refused(save, text: bytes, says: str) -> None:
    with pytest.raises(FileFormatError, match=says):
        read_datasets(save(text, "r.json"))


def test_rruff_takes_the_laser_from_the_archives_file_name(save) -> None:
    path = save(samples.rruff(), "Quartz__R040031__Raman__532__0__unoriented__Raman_Data_RAW__1.txt")
    spectrum = read_spectrum(path)
    assert (spectrum.laser_nm, spectrum.title, spectrum.notes) == (532.0, "Quartz R040031", ())
    np.testing.assert_allclose(spectrum.intensity, samples.COUNTS)
    assert "does not state the laser" in read_spectrum(save(samples.rruff(), "q.txt")).notes[0]


@pytest.mark.parametrize(
    ("data", "name", "says"),
    [
        (samples.rruff().replace(b"##END=", b""), "q.txt", "no ##END= closes the data"),
        (samples.rruff(), "Quartz__R040031__Infrared__1.txt", "Infrared data of RRUFF"),
        (b"##NAMES=Q\n##X-RAY WAVELENGTH=1.54\n5, 1\n##END=\n", "q.txt", "diffraction data of RRUFF"),
    ],
)
def test_other_rruff_files_are_refused(save, data: bytes, name: str, says: str) -> None:
    with pytest.raises(FileFormatError, match=says):
        read_datasets(save(data, name))


@pytest.mark.needs_shared_data
def test_every_calibration_nir_and_handheld_file_is_read(shared_data: Path) -> None:
    bwtek = list((shared_data / "spectra/calibration/bwtek-785").iterdir())
    assert {read_spectrum(path).laser_nm for path in bwtek} == {784.82}
    pixels = list((shared_data / "spectra/calibration/openraman").iterdir())
    assert {read_datasets(path)[0].x.size for path in pixels} == {2048}
    nir = list((shared_data / "spectra/nir-nirscan").rglob("*.csv"))
    assert {read_spectrum(path).axis.size for path in nir} == {228}
    (record,) = (shared_data / "fixtures").glob("*.json")
    assert read_spectrum(record).laser_nm == 785.172
    assert (len(bwtek), len(pixels), len(nir)) == (25, 34, 550)


def test_library_that_takes_too_long_is_ended_and_the_next_file_is_read(save, monkeypatch: pytest.MonkeyPatch) -> None:
    path = save(samples.nexus(), "q.nxs")
    hdf5._child(os.getpid()).end()  # so that the next read has to start Python first
    with monkeypatch.context() as patched:
        patched.setattr(hdf5, "LIMIT_S", 0.001)
        with pytest.raises(FileFormatError, match=r"the HDF5 library failed on the file or took over 0\.001 s"):
            read_datasets(path)
    np.testing.assert_array_equal(read_datasets(path)[0].y, samples.COUNTS)


def test_library_process_that_died_is_started_anew_and_the_next_file_is_read(save) -> None:
    path = save(samples.nexus(), "q.nxs")
    read_datasets(path)
    process = hdf5._child(os.getpid())._process
    assert process is not None
    process.kill()
    process.wait()
    np.testing.assert_array_equal(read_datasets(path)[0].y, samples.COUNTS)

"""JCAMP-DX: every number form, every check, blocks, pages, and the public test files."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import format_samples as samples
import numpy as np
import pytest

from quayscan.errors import FileFormatError
from quayscan.formats import read_datasets, read_spectrum


@pytest.fixture
def save(tmp_path: Path):
    def write(data: bytes, name: str = "file.jdx") -> Path:
        path = tmp_path / name
        path.write_bytes(data)
        return path

    return write


@pytest.mark.parametrize("form", samples.JCAMP_TABLES)
def test_every_form_gives_the_same_numbers(save, form: str) -> None:
    (found,) = read_datasets(save(samples.jcamp(form)))
    np.testing.assert_array_equal(found.x, 100.0 + np.arange(20))
    np.testing.assert_array_equal(found.y, 0.5 * np.array(samples.JCAMP_Y))
    assert (found.kind, found.x_quantity, found.x_unit, found.y_unit) == ("spectrum", "Raman shift", "cm-1", "counts")


def swapped(old: str, new: str, form: str = "DIF") -> bytes:
    text = samples.jcamp(form).decode()
    assert text.count(old) == 1
    return text.replace(old, new).encode()


@pytest.mark.parametrize(
    ("data", "says"),
    [
        (swapped("108B0O", "108B1O"), r"line 13: the Y check fails: the line before ends with 20"),
        (swapped("JJJJ", "JJJK"), r"line 13: the Y check fails"),
        (swapped("119I7\n", "119I8\n"), r"line 15: the Y check fails"),
        (swapped("108B0O", "118B0O"), r"line 13: the X check fails: 118 where 108 is due"),
        (swapped("105 14 14 14 20 26\n", "", "AFFN"), r"line 13: the X check fails: 110 where 105 is due"),
        (swapped("105 14 14", "105 14", "AFFN"), r"line 14: the X check fails: 110 where 109 is due"),
        (swapped("99 98 97\n", "99 98\n", "AFFN"), r"line 15: 19 points where NPOINTS says 20"),
        (swapped("99 98 97\n", "99 98 97 96\n", "AFFN"), r"line 15: at least 21 points where NPOINTS says 20"),
        (swapped("A4V", "A4W", "SQZ DUP"), r"line 13: the X check fails"),
        (swapped("A4V", "A4Z99999999", "SQZ DUP"), r"line 12: a repeat count of 899999999 is not possible"),
        (swapped("100A0", "100J0"), r"line 12: the table opens with a difference"),
        (swapped("110 32", "110 ?", "AFFN"), r"line 14: '\? 38 -5 -5 -5' is no JCAMP-DX number"),
        (swapped("##END=\n", ""), r"line 1: the block that opens here has no ##END="),
        (swapped("##NPOINTS= 20\n", ""), r"line 10: the table needs FIRSTX, LASTX and NPOINTS"),
        (swapped("##NPOINTS= 20", "##NPOINTS= lots"), r"line 10: ##NPOINTS= 'lots' is no number"),
        (samples.peak_table().replace(b"58, 33.25", b"58"), r"line 10: 1 numbers make no pairs"),
        (samples.peak_table().replace(b"\n58, 33.25", b""), r"line 9: 2 points where NPOINTS says 3"),
        (samples.peak_table().replace(b"(XY..XY)", b"(XYZ)"), r"line 8: a table of form '\(XYZ\)' is not read"),
        (samples.ntuples().replace(b"0A B\n", b"0A\n"), r"line 16: the X check fails"),
        (samples.ntuples().replace(b"2C D\n", b"2C\n"), r"line 16: 3 points where NPOINTS says 4"),
        (samples.ntuples().replace(b"(I..I)", b"(Q..Q)"), r"line 18: .* names no two columns of ##SYMBOL= X, R, I, N"),
        (samples.ntuples().replace(b"##SYMBOL", b"##SYMBAL"), r"line 1: NTUPLES without ##SYMBOL="),
    ],
)
def test_failed_check_is_an_error_with_its_line(save, data: bytes, says: str) -> None:
    path = save(data)
    with pytest.raises(FileFormatError, match=says) as caught:
        read_datasets(path)
    assert str(caught.value).startswith(f"{path}: ")


def test_exponent_needs_its_sign_and_a_bare_e_is_a_digit(save) -> None:
    (found,) = read_datasets(save(swapped("115 0 100", "115 0 1.0E+02", "AFFN")))
    assert found.y[16] == 50.0
    (found,) = read_datasets(save(samples.jcamp("SQZ")))
    assert found.y[12] == -2.5


def test_link_gives_every_block_and_asks_which(save) -> None:
    path = save(samples.link(samples.jcamp("DIF DUP"), samples.jcamp("PAC"), samples.peak_table()))
    found = read_datasets(path)
    assert [(one.kind, one.name) for one in found] == [
        ("spectrum", "block 1: hand made"),
        ("spectrum", "block 2: hand made"),
        ("sticks", "block 3: peaks"),
    ]
    with pytest.raises(FileFormatError, match=r"3 data sets \(1 spectrum block 1.*dataset=NUMBER.*quayscan convert"):
        read_spectrum(path)
    np.testing.assert_array_equal(read_spectrum(path, dataset=2).axis, found[1].x)
    with pytest.raises(FileFormatError, match="no data set 4"):
        read_spectrum(path, dataset=4)
    with pytest.raises(FileFormatError, match=r"sticks \(a peak table\)"):
        read_spectrum(path, dataset=3)


def test_pages_of_a_decay_are_time_series_each_scaled_by_its_own_factor(save) -> None:
    real, imaginary = read_datasets(save(samples.ntuples()))
    assert (real.kind, real.name, real.x_unit) == ("time series", "page N=1 FID/REAL", "s")
    np.testing.assert_allclose(real.x, [0, 0.1, 0.2, 0.3])
    np.testing.assert_array_equal(real.y, [1, 2, 3, 4])
    np.testing.assert_array_equal(imaginary.y, [10, 12, 14, 16])


def test_structure_alone_is_refused_with_its_reason(save) -> None:
    text = b"##TITLE= s\n##JCAMP-CS= 3.7\n##ATOMLIST=\n1 C\n##END=\n"
    with pytest.raises(FileFormatError, match=r"line 1: holds a structure \(JCAMP-CS\) and no table"):
        read_datasets(save(text))


def test_infrared_is_read_but_never_compared(save) -> None:
    path = save(samples.jcamp().replace(b"RAMAN", b"INFRARED"))
    assert read_datasets(path)[0].x_quantity == "wavenumber"
    with pytest.raises(FileFormatError, match="technique infrared: only Raman shift"):
        read_spectrum(path)


def test_repeated_lines_of_digits_take_no_time(save) -> None:
    data = samples.jcamp().replace(b"115 0 100", b"9" * 200_000 + b" 0 100")
    with pytest.raises(FileFormatError, match="line 15"):
        read_datasets(save(data))


REFUSED = {"DX-DIR.TXT": "no line with two numbers", "ISAS_CDX.DX": "a structure .* and peak assignments"}
KINDS = Counter(spectrum=33, sticks=8, page=7, curve=4, damaged=1) + Counter({"time series": 8})
"""What the first data set of each public file is; 63 files less the two refused."""


@pytest.mark.needs_shared_data
def test_all_official_and_lancashire_files_are_read_and_named(shared_data: Path) -> None:
    files = sorted(path for path in (shared_data / "fixtures/jcamp").rglob("*") if path.is_file())
    assert len(files) == 63
    kinds: Counter[str] = Counter()
    for file in files:
        if file.name in REFUSED:
            with pytest.raises(FileFormatError, match=REFUSED[file.name]):
                read_datasets(file)
        else:
            kinds[read_datasets(file)[0].kind] += 1
    assert kinds == KINDS


@pytest.mark.needs_shared_data
def test_one_spectrum_in_four_compressions_is_equal(shared_data: Path) -> None:
    folder = shared_data / "fixtures/jcamp/jcamp-dx.org_official_test_data"
    plain = read_datasets(folder / "BRUKAFFN.DX")[0]
    for name in ("BRUKPAC.DX", "BRUKSQZ.DX", "TEST32.DX"):
        np.testing.assert_array_equal(read_datasets(folder / name)[0].y, plain.y, err_msg=name)
    real = read_datasets(folder / "BRUKNTUP.DX")[0]
    np.testing.assert_array_equal(real.y, read_datasets(folder / "BRUKDIF.DX")[0].y)
    lancashire = shared_data / "fixtures/jcamp/Robert_J_Lancashire_test_data"
    first = read_datasets(lancashire / "o01.jdx")[0]
    for name in ("o02.jdx", "o03.jdx", "o04.jdx", "o05.jdx", "o06.jdx", "o07.jdx", "o08.jdx", "o09.jdx", "o10.jdx"):
        np.testing.assert_array_equal(read_datasets(lancashire / name)[0].y, first.y, err_msg=name)


@pytest.mark.needs_shared_data
def test_overlaid_file_keeps_its_sound_points_apart_and_is_no_spectrum(shared_data: Path) -> None:
    path = shared_data / "fixtures/jcamp/Robert_J_Lancashire_test_data/xyinc2.jdx"
    (found,) = read_datasets(path)
    assert (found.kind, found.x.size) == ("damaged", 256)  # 298 points less those under the foreign block
    assert (found.x[15], found.x[16]) == (2810.0, 2982.0)
    with pytest.raises(FileFormatError, match=r"line 35: the X check fails"):
        read_spectrum(path)


@pytest.mark.needs_shared_data
def test_extremes_are_those_that_the_labels_state(shared_data: Path) -> None:
    folder = shared_data / "fixtures/jcamp/jcamp-dx.org_official_test_data"
    for name, least, most in (
        ("BRUKDIF.DX", -27593239, 972201806),
        ("PE1800.DX", 0.8631, 1.0189),
        ("BRUKER1.JCM", -2.87246704e-1, 95.83563804),
        ("IMSDEMO.DX", -40.38818, 6.345215),
    ):
        y = read_datasets(folder / name)[0].y
        np.testing.assert_allclose([y.min(), y.max()], [least, most], rtol=1e-3, atol=0.01, err_msg=name)  # as rounded

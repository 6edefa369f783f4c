"""Reading measured spectra at build time."""

from pathlib import Path

import numpy as np

from quayscan_spectra.build.read_spectra import read_bwspec, read_enlighten

HEAD = "Serial Number,WP-1\nModel,M\nDetector,D\nLaser Wavelength,785.0\n\n"


def test_raw_minus_dark_wins_over_the_processed_column(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_text(HEAD + "Pixel,Wavenumber,Processed,Raw,Dark\n0,500,NA,12,2\n1,501,7,13,2\n")
    spectrum = read_enlighten(path, "where it is")
    np.testing.assert_array_equal(spectrum.counts, [10.0, 11.0])
    assert (spectrum.instrument, spectrum.laser_nm) == ("Wasatch Photonics WP-1 (M D)", 785.0)
    assert spectrum.path == "where it is"


def test_axis_comes_out_ascending_without_repeats(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_text(HEAD + "Wavenumber,Processed\n502,3\n500,1\n501,2\n501,9\n")
    np.testing.assert_array_equal(read_enlighten(path, "x").shift_cm1, [500.0, 501.0, 502.0])


def test_bwspec_decimal_commas_and_blank_axis_cells_are_read(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_text(
        "title;T\nlaser_wavelength;784,82\nPixel;Raman Shift;Dark Subtracted #1;\n0;  ;5,0;\n1;100,5;6,25;\n"
    )
    spectrum = read_bwspec(path, "x")
    np.testing.assert_array_equal(spectrum.shift_cm1, [100.5])
    np.testing.assert_array_equal(spectrum.counts, [6.25])
    assert spectrum.laser_nm == 784.82

"""`quayscan convert`, run as a user runs it."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from command_line import CommandLine

from quayscan.formats import read_spectrum

ROWS = "".join(f"{400 + at},{at * at + 0.1}\n" for at in range(40))
NM_ROWS = "Wavelength (nm),counts\n" + "".join(f"{800 + at},{at}\n" for at in range(40))


@pytest.fixture
def files(tmp_path: Path) -> Path:
    (tmp_path / "good.csv").write_text(ROWS)
    (tmp_path / "nm.csv").write_text(NM_ROWS)
    (tmp_path / "bad.csv").write_text("no numbers here\n")
    return tmp_path


@pytest.mark.parametrize("target", ["csv", "jdx", "nxs"])
def test_convert_keeps_every_number(quayscan: CommandLine, files: Path, target: str) -> None:
    done = quayscan("convert", files / "good.csv", "--to", target, "--out", files / "out")
    assert (done.code, done.err) == (0, "")
    before, after = read_spectrum(files / "good.csv"), read_spectrum(files / "out" / f"good.{target}")
    np.testing.assert_array_equal(after.axis, before.axis)
    np.testing.assert_array_equal(after.intensity, before.intensity)


def test_bad_file_is_reported_and_the_rest_is_done(quayscan: CommandLine, files: Path) -> None:
    done = quayscan("convert", files / "bad.csv", files / "good.csv", "--to", "spc", "--out", files / "out", "--json")
    assert done.code == 4
    assert f"{files / 'bad.csv'}: line 1" in done.err
    assert done.rows() == [{"file": str(files / "good.csv"), "written": [str(files / "out" / "good.spc")]}]


def test_nothing_is_overwritten_unless_asked(quayscan: CommandLine, files: Path) -> None:
    out = files / "out"
    out.mkdir()
    (out / "good.csv").write_text("precious")
    done = quayscan("convert", files / "good.csv", "--to", "csv", "--out", out)
    assert done.code == 4
    assert "already there" in done.err
    assert (out / "good.csv").read_text() == "precious"
    assert quayscan("convert", files / "good.csv", "--to", "csv", "--out", out, "--overwrite").code == 0
    assert read_spectrum(out / "good.csv").axis.size == 40


def test_nm_axis_needs_the_laser_and_becomes_shift(quayscan: CommandLine, files: Path) -> None:
    done = quayscan("convert", files / "nm.csv", "--to", "csv", "--out", files / "out")
    assert done.code == 4
    assert "--laser-nm" in done.err
    done = quayscan("convert", files / "nm.csv", "--to", "csv", "--out", files / "out", "--laser-nm", "785")
    assert done.code == 0
    spectrum = read_spectrum(files / "out" / "nm.csv")
    np.testing.assert_array_equal(spectrum.axis, 1e7 / 785 - 1e7 / (800.0 + np.arange(40)))
    assert spectrum.laser_nm == 785.0


@pytest.mark.parametrize(
    "words", [("--to", "xls", "--out", "x"), ("--to", "csv"), ("--to", "csv", "--out", "x", "--laser-nm", "-3")]
)
def test_wrong_options_are_usage_errors(quayscan: CommandLine, files: Path, words: tuple[str, ...]) -> None:
    assert quayscan("convert", files / "good.csv", *words).code == 2


def test_spc_says_where_it_rounds(quayscan: CommandLine, files: Path) -> None:
    (files / "whole.csv").write_text("".join(f"{400 + at},{at}\n" for at in range(40)))
    rounded = quayscan("convert", files / "good.csv", "--to", "spc", "--out", files / "out")
    exact = quayscan("convert", files / "whole.csv", "--to", "spc", "--out", files / "out")
    assert (rounded.code, exact.code, exact.err) == (0, 0, "")
    assert "SPC keeps numbers as float32" in rounded.err

"""`quayscan device calibrate` and `check`, end to end through the virtual bench and from real files."""

from __future__ import annotations

import json
import os
from pathlib import Path
from typing import Any

import pytest
from command_line import CommandLine

needs_pty = pytest.mark.skipif(not hasattr(os, "openpty"), reason="this system has no pseudo-terminals")

PORT = "sim:raman785?speed=50&seed=7"
SCAN = ("scan", "--port", PORT, "--sample", "acetone", "--jurisdiction", "UN88", "--json")


def devices(tmp_path: Path) -> list[Path]:
    return sorted((tmp_path / "config" / "devices").glob("*"))


def spoil(path: Path, offset_nm: float) -> None:
    """As if the grating had moved since the device was calibrated."""
    state: dict[str, Any] = json.loads(path.read_text("utf-8"))
    state["calibration"]["axis"]["coefficients"][0] += offset_nm
    path.write_text(json.dumps(state), "utf-8")


@pytest.fixture(scope="module")
def calibrated(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, dict[str, Any]]:
    """The file of a bench device calibrated once, and what the command printed."""
    folder = tmp_path_factory.mktemp("calibrated")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("QUAYSCAN_CONFIG", str(folder / "config"))
        done = CommandLine(folder / "data")("device", "calibrate", "--port", PORT, "--with-srm", "--json")
    assert (done.code, done.err) == (0, "")
    (found,) = done.rows()
    return devices(folder)[0], found


@pytest.fixture
def known(calibrated: tuple[Path, dict[str, Any]], tmp_path: Path) -> Path:
    """The same file in this test's own folder."""
    path = tmp_path / "config" / "devices" / calibrated[0].name
    path.parent.mkdir(parents=True)
    path.write_bytes(calibrated[0].read_bytes())
    return path


@needs_pty
def test_a_calibrated_device_scans_on_its_own_axis_and_the_record_holds_it(
    quayscan: CommandLine, calibrated: tuple[Path, dict[str, Any]], known: Path
) -> None:
    found = calibrated[1]
    assert abs(found["laser_nm"] - 785.0) < 0.06
    assert (found["board"], found["pixels"], found["standard"]) == ("raman785", 3648, "polystyrene")
    assert found["response"]["standard"] == "srm2241"
    assert len(found["lamp_lines"]) >= 15
    assert known.name == f"{found['uid']}.json"
    (row,) = quayscan(*SCAN).rows()
    assert (row["verdict"], row["candidates"][0]["substance"]) == ("MATCH", "acetone")
    assert row["device"]["calibration"]["sha256"] == found["sha256"]
    assert any("Axis calibrated on" in reason for reason in row["reasons"])
    (record,) = quayscan("records", "show", "1", "--json").rows()
    assert record["verdict"]["device"]["calibration"]["axis_nm"] == found["axis"]["coefficients"]


@needs_pty
def test_a_device_never_calibrated_scans_says_so_and_cannot_be_checked(quayscan: CommandLine) -> None:
    (row,) = quayscan(*SCAN).rows()
    assert row["verdict"] == "MATCH"
    assert row["device"]["calibration"] is None
    assert any("no calibration" in reason for reason in row["reasons"])
    uid = row["device"]["uid"]
    done = quayscan("device", "check", "--port", PORT, "--device", uid)
    assert done.code == 2
    assert "never calibrated on this host: run `quayscan device calibrate" in done.err


@needs_pty
def test_a_failed_check_locks_scanning_until_a_name_answers_for_it(quayscan: CommandLine, known: Path) -> None:
    good = quayscan("device", "check", "--port", PORT)
    assert (good.code, "passed" in good.out) == (0, True)
    spoil(known, 0.5)
    bad = quayscan("device", "check", "--port", PORT, "--json")
    assert (bad.code, bad.rows()[0]["passed"]) == (1, False)
    locked = quayscan(*SCAN)
    assert locked.code == 3
    assert "failed its check" in locked.err
    assert locked.rows()[0]["verdict"] is None
    (row,) = quayscan(*SCAN, "--override", "A. Officer").rows()
    assert row["device"]["calibration"]["override"] == "A. Officer"
    assert any("A. Officer answers" in reason for reason in row["reasons"])
    (record,) = quayscan("records", "show", "1", "--json").rows()
    assert record["verdict"]["device"]["calibration"]["override"] == "A. Officer"


@needs_pty
def test_an_overdue_check_warns_on_the_verdict(quayscan: CommandLine, known: Path) -> None:
    state = json.loads(known.read_text("utf-8"))
    state["calibration"]["made_at"] = "2026-01-05T08:00:00+00:00"
    known.write_text(json.dumps(state), "utf-8")
    (row,) = quayscan(*SCAN).rows()
    assert any("check is overdue (last good 2026-01-05 08:00 UTC)" in reason for reason in row["reasons"])
    assert row["verdict"] == "MATCH"


@needs_pty
def test_a_damaged_calibration_stops_the_scan_before_the_light(quayscan: CommandLine, known: Path) -> None:
    known.write_text("{")
    done = quayscan(*SCAN)
    assert done.code == 4
    assert "calibrate again" in done.err


@pytest.mark.needs_shared_data
def test_files_calibrate_the_device_that_they_are_of(quayscan: CommandLine, tmp_path: Path, shared_data: Path) -> None:
    folder = shared_data / "spectra/calibration/bwtek-785"
    neon, glass = folder / "Ne_785nm_x20_50ms.txt", folder / "NISTSRM2241_BW785_100x_25sx5.txt"
    sample = folder / "PST02_iRPlus785_Z020_100_1300ms.txt"
    words = ("device", "calibrate", "--neon", neon, "--standard", f"polystyrene={sample}", "--srm", glass)
    done = quayscan(*words, "--device", "BWS415")
    assert done.code == 0
    for shown in ("laser      784.7", "1001.4 cm-1", "from srm2241", "saved in", "cm-1 rms"):
        assert shown in done.out
    assert [path.name for path in devices(tmp_path)] == ["BWS415.json"]
    again = quayscan(*words)
    assert "not saved: --device" in again.out


@pytest.mark.needs_shared_data
def test_a_standard_in_place_of_the_lamp_is_refused(quayscan: CommandLine, shared_data: Path) -> None:
    sample = shared_data / "spectra/calibration/bwtek-785/PST02_iRPlus785_Z020_100_1300ms.txt"
    done = quayscan("device", "calibrate", "--neon", sample, "--standard", f"polystyrene={sample}")
    assert done.code == 4
    assert "neon" in done.err


@pytest.mark.parametrize(
    ("words", "says"),
    [
        (("--standard", "butter"), "no Raman shift standard is called 'butter': use one of benzonitrile"),
        (("--standard", "polystyrene=x.txt"), "belong to --neon FILE"),
        (("--range-nm", "800:900"), "belong to --neon FILE"),
        (("--neon", "x.txt"), "needs the standard's file too"),
    ],
)
def test_options_that_do_not_belong_together_are_refused(
    quayscan: CommandLine, words: tuple[str, ...], says: str
) -> None:
    done = quayscan("device", "calibrate", *words)
    assert done.code == 2
    assert says in done.err


def test_a_file_without_an_axis_needs_the_range(quayscan: CommandLine, tmp_path: Path) -> None:
    plain = tmp_path / "plain.csv"
    plain.write_text("Pixel,Counts\n" + "".join(f"{at},{at % 7}\n" for at in range(600)))
    words = ("device", "calibrate", "--neon", plain, "--standard", f"polystyrene={plain}")
    asked = quayscan(*words)
    assert (asked.code, "--range-nm FIRST:LAST" in asked.err) == (2, True)
    wrong = quayscan(*words, "--range-nm", "900:800")
    assert (wrong.code, "rising nm" in wrong.err) == (2, True)

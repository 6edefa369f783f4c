"""`--declared` on files and scans, verdicts as CSV, and `quayscan library confusions`."""

from __future__ import annotations

import csv
from pathlib import Path

import numpy as np
import pytest
from command_line import CommandLine
from jsonschema import Draft202012Validator

import quayscan_spectra

AXIS = np.arange(300.0, 2000.0, 2.0)
PORT = "sim:raman785"


def write_spectrum(path: Path, substance: str) -> Path:
    (reference,) = [one for one in quayscan_spectra.references() if one.substance == substance]
    signal = 100 * quayscan_spectra.synthesise(reference, AXIS) + 2000
    noisy = np.random.default_rng(0).poisson(signal)
    path.write_text("".join(f"{x},{y}\n" for x, y in zip(AXIS, noisy, strict=True)))
    return path


@pytest.mark.parametrize(
    ("declared", "answer"),
    [("sucrose", "CONSISTENT"), ("1701.99", "CONSISTENT"), ("urea", "NOT_CONSISTENT"), ("9999.99", "CANNOT_TELL")],
)
def test_a_file_is_asked_whether_it_is_what_was_declared(
    quayscan: CommandLine, schema: Draft202012Validator, tmp_path: Path, declared: str, answer: str
) -> None:
    path = write_spectrum(tmp_path / "x.csv", "sucrose")
    (row,) = quayscan("identify", path, "--declared", declared, "--json").rows()
    schema.validate(row)
    assert (row["verdict"], row["declared"]["answer"]) == ("MATCH", answer)
    assert row["declared"]["text"] == declared
    if answer == "CONSISTENT":
        assert 0 < row["declared"]["p_value"] <= 1
        assert row["declared"]["n"] > 100
    if answer == "NOT_CONSISTENT":
        assert row["declared"]["found"] == ["sucrose"]
        assert row["declared"]["only_spectrum_cm1"]


def test_nothing_declared_leaves_the_verdict_as_it_was(quayscan: CommandLine, tmp_path: Path) -> None:
    path = write_spectrum(tmp_path / "x.csv", "sucrose")
    (row,) = quayscan("identify", path, "--json").rows()
    (asked,) = quayscan("identify", path, "--declared", "urea", "--json").rows()
    assert "declared" not in row
    assert {key: asked[key] for key in ("verdict", "action", "candidates", "reasons")} == {
        key: row[key] for key in ("verdict", "action", "candidates", "reasons")
    }


def test_page_list_and_csv_show_the_answer(quayscan: CommandLine, tmp_path: Path) -> None:
    first, second = (write_spectrum(tmp_path / f"{name}.csv", name) for name in ("sucrose", "urea"))
    page = quayscan("identify", first, "--declared", "urea").out
    assert "declared: urea" in page
    assert "NOT CONSISTENT" in page
    out = tmp_path / "out.csv"
    done = quayscan("identify", first, second, tmp_path / "none.csv", "--declared", "urea", "--csv", out)
    assert done.code == 4
    assert [line.split()[0] for line in done.out.splitlines()] == ["NOT_CONSISTENT", "CONSISTENT"]
    rows = list(csv.DictReader(out.read_text(encoding="utf-8").splitlines()))
    assert [row["declared_answer"] for row in rows] == ["NOT_CONSISTENT", "CONSISTENT", ""]
    assert rows[0]["found_instead"] == "sucrose"
    assert rows[1]["named"] == "Urea"
    assert "none.csv" in rows[2]["error"]


def test_a_scan_is_asked_too_and_its_record_keeps_the_answer(
    quayscan: CommandLine, schema: Draft202012Validator
) -> None:
    (row,) = quayscan("scan", "--port", PORT, "--sample", "toluene", "--declared", "108-88-3", "--json").rows()
    schema.validate(row)
    assert row["declared"]["answer"] == "CONSISTENT"
    shown = quayscan("records", "show", str(row["record"]), "--json").rows()[0]
    assert shown["verdict"]["declared"] == row["declared"]


def small_library(quayscan: CommandLine, tmp_path: Path) -> Path:
    folder = tmp_path / "folder"
    folder.mkdir()
    for name in ("sucrose", "urea", "toluene"):
        write_spectrum(folder / f"{name}.csv", name)
    out = tmp_path / "small.qlib"
    assert quayscan("library", "build", folder, "--out", out).code == 0
    return out


def test_the_confusion_map_of_a_library_is_a_table_json_and_a_picture(quayscan: CommandLine, tmp_path: Path) -> None:
    library, picture = small_library(quayscan, tmp_path), tmp_path / "map.svg"
    done = quayscan("library", "confusions", "--library", library, "--snr", "50", "--out", picture)
    assert done.code == 0
    assert "3 substances: 0 of them" in done.out
    assert picture.read_bytes().startswith(b"<?xml")
    rows = quayscan("library", "confusions", "--library", library, "--resolution", "12", "--json").rows()
    assert (rows[-1]["substances"], rows[-1]["pairs"], rows[-1]["instrument"]["resolution_cm1"]) == (3, 0, 12.0)


@pytest.mark.parametrize(("words", "says"), [(["--snr", "0"], "--snr 0"), (["--range", "all"], "write it as 400-1800")])
def test_an_instrument_that_makes_no_sense_ends_with_code_2(quayscan: CommandLine, words: list[str], says: str) -> None:
    done = quayscan("library", "confusions", *words)
    assert (done.code, done.out) == (2, "")
    assert says in done.err

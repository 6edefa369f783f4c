"""`--wall FILE` and `scan --wall-first`, end to end."""

from __future__ import annotations

import os
from pathlib import Path

import numpy as np
import pytest
from command_line import CommandLine
from jsonschema import Draft202012Validator

import quayscan_spectra
from quayscan.record import RecordStore, records_path

AXIS = np.arange(300.0, 2000.0, 2.0)
PLASTIC = {1063.0: 0.8, 1130.0: 0.9, 1170.0: 0.3, 1296.0: 1.0, 1441.0: 0.9}


def write_scan(path: Path, contents: str = "", seed: int = 0) -> Path:
    """A plastic of the test's own, with contents drawn from the library's bands or without."""
    centres, heights = np.array(list(PLASTIC)), np.array(list(PLASTIC.values()))
    signal = 8000.0 * heights @ np.exp(-0.5 * ((AXIS - centres[:, None]) / 7.0) ** 2) + 2000.0
    if contents:
        (drawn,) = (
            one for one in quayscan_spectra.references() if one.substance == contents and one.grade == "measured"
        )
        signal = signal + 60.0 * quayscan_spectra.synthesise(drawn, AXIS)
    noisy = np.random.default_rng(seed).poisson(signal)
    path.write_text("".join(f"{x},{y}\n" for x, y in zip(AXIS, noisy, strict=True)))
    return path


def test_contents_behind_a_scanned_wall_are_named_and_the_container_reported(
    quayscan: CommandLine, schema: Draft202012Validator, tmp_path: Path
) -> None:
    wall = write_scan(tmp_path / "wall.csv", seed=1)
    through = write_scan(tmp_path / "through.csv", "acetone", seed=2)
    without = quayscan("identify", through, "--json")
    (blind,) = without.rows()
    (row,) = quayscan("identify", through, "--wall", wall, "--json", "--jurisdiction", "UN88").rows()
    schema.validate(row)
    assert [one["substance"] for one in blind["candidates"] if one["named"]] != ["acetone"]
    assert (row["verdict"], row["action"]) == ("MATCH", "ALERT")
    assert [one["role"] for one in row["components"]] == ["contents", "container"]
    assert row["components"][0]["substance"] == "acetone"


def test_an_empty_container_is_said_to_hide_its_contents(quayscan: CommandLine, tmp_path: Path) -> None:
    wall, again = write_scan(tmp_path / "wall.csv", seed=1), write_scan(tmp_path / "again.csv", seed=2)
    (row,) = quayscan("identify", again, "--wall", wall, "--json").rows()
    assert (row["verdict"], row["action"]) == ("INADEQUATE", "RESCAN")
    assert "The wall hides the contents" in row["reasons"][0]


def test_the_page_shows_both_parts(quayscan: CommandLine, tmp_path: Path) -> None:
    wall = write_scan(tmp_path / "wall.csv", seed=1)
    done = quayscan("identify", write_scan(tmp_path / "x.csv", "acetone", seed=2), "--wall", wall)
    assert done.code == 0
    assert "Made of" in done.out
    assert "the wall as scanned empty" in done.out


def test_a_record_keeps_the_wall_beside_the_spectrum(
    quayscan: CommandLine, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    wall = write_scan(tmp_path / "wall.csv", seed=1)
    through = write_scan(tmp_path / "x.csv", "acetone", seed=2)
    assert quayscan("identify", through, "--wall", wall, "--record").code == 0
    monkeypatch.setenv("QUAYSCAN_DATA", str(quayscan.data))
    with RecordStore(records_path()) as store:
        evidence = store.get(1).content()["evidence"]
    assert set(evidence["wall"]) == set(evidence) - {"wall"}
    assert evidence["wall"]["intensity"] != evidence["intensity"]


def test_a_wall_file_that_cannot_be_read_is_one_line(quayscan: CommandLine, tmp_path: Path) -> None:
    done = quayscan("identify", write_scan(tmp_path / "x.csv", "acetone"), "--wall", tmp_path / "missing.csv")
    assert done.code == 4
    assert len(done.err.splitlines()) == 1
    assert "missing.csv" in done.err


@pytest.mark.skipif(not hasattr(os, "openpty"), reason="this system has no pseudo-terminals")
def test_wall_first_measures_twice_asks_between_and_records_both(quayscan: CommandLine) -> None:
    """The bench holds the same plastic both times: a container with nothing in it."""
    words = ("scan", "--port", "sim:raman785?speed=50", "--sample", "polystyrene", "--seed", "7")
    done = quayscan(*words, "--wall-first", "--json", stdin="\n")
    assert done.code == 0
    assert "Put the sample behind it" in done.err
    empty, full = done.rows()
    assert (empty["verdict"], full["verdict"]) == ("MATCH", "INADEQUATE")
    assert empty["sample"].endswith("empty container")
    assert (empty["record"], full["record"]) == (1, 2)
    assert "The wall hides the contents" in full["reasons"][0]


def test_a_wall_is_given_once(quayscan: CommandLine, tmp_path: Path) -> None:
    done = quayscan("scan", "--wall", write_scan(tmp_path / "wall.csv"), "--wall-first")
    assert done.code == 2
    assert "--wall and --wall-first" in done.err

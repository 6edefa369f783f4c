"""`quayscan library` as a user runs it: build, add, merge, acquire, transfer, verify, sign, trust, export."""

from __future__ import annotations

import shutil
from pathlib import Path

import numpy as np
import pytest
from command_line import CommandLine

import quayscan_spectra

AXIS = np.arange(300.0, 2000.0, 2.0)


def write_spectrum(path: Path, substance: str, seed: int = 0) -> Path:
    """A two-column file drawn from the shipped bands, with noise."""
    (reference,) = [one for one in quayscan_spectra.references() if one.substance == substance]
    signal = 100 * quayscan_spectra.synthesise(reference, AXIS) + 2000
    noisy = np.random.default_rng(seed).poisson(signal)
    path.write_text("".join(f"{x},{y}\n" for x, y in zip(AXIS, noisy, strict=True)))
    return path


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Three substances by name, synonym and CAS number, one of them twice."""
    made = tmp_path / "standards"
    made.mkdir()
    write_spectrum(made / "Toluene-01.csv", "toluene", 1)
    write_spectrum(made / "Toluene-02.csv", "toluene", 2)
    write_spectrum(made / "MEK.csv", "methyl-ethyl-ketone", 3)
    write_spectrum(made / "58-08-2.csv", "caffeine", 4)
    return made


@pytest.fixture
def built(quayscan: CommandLine, folder: Path, tmp_path: Path) -> Path:
    out = tmp_path / "own.qlib"
    assert quayscan("library", "build", folder, "--out", out).code == 0
    return out


def test_a_folder_becomes_a_signed_library_that_verifies(quayscan: CommandLine, built: Path) -> None:
    done = quayscan("library", "verify", built, "--json")
    assert (done.code, done.err) == (0, "")
    (row,) = done.rows()
    assert (row["intact"], row["trusted"], row["problems"]) == (True, True, [])
    (whole,) = quayscan("library", "show", "--library", built, "--json").rows()
    assert (whole["name"], whole["entries"], whole["doubts"]) == ("standards", 3, [])
    assert whole["seal"]["signer"] == row["signer"]
    assert whole["seal"]["expires"] > whole["seal"]["created"]
    (toluene,) = quayscan("library", "show", "toluene", "--library", built, "--json").rows()
    assert (toluene["name"], toluene["provenance"]["repeats"]) == ("Toluene", "2")
    assert len(quayscan("library", "show", "caffeine", "--library", built, "--json").rows()) == 1


def test_a_verdict_from_a_signed_library_carries_no_warning(quayscan: CommandLine, built: Path, tmp_path: Path) -> None:
    query = write_spectrum(tmp_path / "query.csv", "toluene", 9)
    (row,) = quayscan("identify", query, "--library", built, "--json").rows()
    assert row["verdict"] == "MATCH"
    assert not any("library" in reason.lower() for reason in row["reasons"])


def test_an_expired_library_fails_and_warns_until_it_is_signed_again(
    quayscan: CommandLine, built: Path, tmp_path: Path
) -> None:
    assert quayscan("library", "sign", built, "--expires", "2020-01-31").code == 0
    done = quayscan("library", "verify", built)
    assert (done.code, "expired on 2020-01-31" in done.err) == (1, True)
    assert quayscan("library", "verify", built, "--at", "2020-01-31").code == 0
    query = write_spectrum(tmp_path / "query.csv", "toluene", 9)
    (row,) = quayscan("identify", query, "--library", built, "--json").rows()
    assert any("expired on 2020-01-31" in reason for reason in row["reasons"])
    assert quayscan("library", "sign", built).code == 0
    assert quayscan("library", "verify", built).code == 0


def test_an_altered_library_fails_with_1_and_is_not_used(quayscan: CommandLine, built: Path) -> None:
    raw = bytearray(built.read_bytes())
    raw[-100] ^= 1
    built.write_bytes(raw)
    done = quayscan("library", "verify", built, "--json")
    assert (done.code, done.rows()[0]["intact"]) == (1, False)
    assert quayscan("library", "list", "--library", built).code == 4
    assert quayscan("library", "sign", built).code == 4


def test_another_host_is_told_until_it_accepts_the_key(
    quayscan: CommandLine, built: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("QUAYSCAN_CONFIG", str(tmp_path / "another host"))
    done = quayscan("library", "verify", built)
    assert (done.code, "not known here" in done.err) == (0, True)
    query = write_spectrum(tmp_path / "query.csv", "toluene", 9)
    (row,) = quayscan("identify", query, "--library", built, "--json").rows()
    assert any("does not know" in reason for reason in row["reasons"])
    assert quayscan("library", "trust", built).code == 0
    assert quayscan("library", "verify", built).err == ""


def test_a_wrong_label_is_named_kept_and_left_out_when_strict(
    quayscan: CommandLine, folder: Path, tmp_path: Path
) -> None:
    write_spectrum(folder / "Cyclohexane.csv", "benzene", 5)
    out = tmp_path / "x.qlib"
    done = quayscan("library", "build", folder, "--out", out, "--json")
    assert done.code == 0
    assert "Cyclohexane.csv is called Cyclohexane and looks like Benzene" in done.err
    (row,) = done.rows()
    assert (row["entries"], row["doubt_count"], row["doubts"][0]["kind"]) == (4, 1, "label")
    (row,) = quayscan("library", "build", folder, "--out", out, "--strict", "--json").rows()
    assert (row["entries"], row["doubt_count"]) == (3, 1)
    assert quayscan("library", "show", "cyclohexane", "--library", out).code == 2


def test_spectra_are_added_and_the_version_counts(quayscan: CommandLine, built: Path, tmp_path: Path) -> None:
    more = write_spectrum(tmp_path / "Benzene.csv", "benzene", 6)
    bad = tmp_path / "bad.csv"
    bad.write_text("1,2\n")
    done = quayscan("library", "add", built, more, bad, "--json")
    assert (done.code, "bad.csv" in done.err) == (4, True)
    (row,) = done.rows()
    assert (row["entries"], row["seal"]["version"], row["name"]) == (4, 2, "standards")
    assert quayscan("library", "verify", built).code == 0
    before = built.read_bytes()
    assert quayscan("library", "add", built, bad).code == 4
    assert built.read_bytes() == before


def test_merging_a_library_with_itself_adds_nothing(quayscan: CommandLine, built: Path, tmp_path: Path) -> None:
    out = tmp_path / "both.qlib"
    (row,) = quayscan("library", "merge", built, built, "--out", out, "--name", "both", "--json").rows()
    (old,) = quayscan("library", "show", "--library", built, "--json").rows()
    assert (row["entries"], row["sha256"], row["name"]) == (3, old["sha256"], "both")


@pytest.mark.parametrize("to", ["csv", "jdx", "spc"])
def test_exported_entries_build_the_same_substances_again(
    quayscan: CommandLine, built: Path, tmp_path: Path, to: str
) -> None:
    (row,) = quayscan("library", "export", "--library", built, "--out", tmp_path / "out", "--to", to, "--json").rows()
    assert sorted(Path(name).name for name in row["written"]) == [f"58-08-2.{to}", f"MEK.{to}", f"Toluene.{to}"]
    again = tmp_path / "again.qlib"
    assert quayscan("library", "build", tmp_path / "out", "--out", again).code == 0
    listed = quayscan("library", "list", "--library", again, "--json").rows()
    assert {one["substance"] for one in listed} == {"caffeine", "methyl-ethyl-ketone", "toluene"}


def test_a_reference_is_measured_checked_and_added(quayscan: CommandLine, tmp_path: Path) -> None:
    out = tmp_path / "measured.qlib"
    words = ("library", "acquire", "67-64-1", "--port", "sim:raman785", "--sample", "acetone", "--library", out)
    (row,) = quayscan(*words, "--seed", "1", "--repeats", "2", "--json").rows()
    assert (row["entries"], row["doubts"], row["seal"]["version"]) == (1, [], 1)
    (entry,) = quayscan("library", "show", "acetone", "--library", out, "--json").rows()
    assert (entry["grade"], entry["provenance"]["repeats"], entry["provenance"]["laser_nm"]) == ("measured", "2", "785")
    refused = quayscan("library", "acquire", "x", "--port", "sim:raman785", "--sample", "none", "--library", out)
    assert (refused.code, "no reference yet" in refused.err) == (4, True)
    assert quayscan("library", "verify", out).code == 0


def test_what_a_laser_must_not_hit_is_no_reference(quayscan: CommandLine, tmp_path: Path) -> None:
    forbidden = next(one for one in quayscan_spectra.scan_warnings() if one.warning.startswith("Do not scan"))
    out = tmp_path / "x.qlib"
    words = (
        "library",
        "acquire",
        forbidden.substance or forbidden.names[0],
        "--port",
        "/dev/no-such-port",
        "--library",
        out,
    )
    done = quayscan(*words)
    assert (done.code, "Nothing was scanned" in done.err) == (2, True)
    assert quayscan(*words, "--despite-warning").code == 3  # it went on to the port


def test_a_library_is_transferred_by_laser_and_by_standards(
    quayscan: CommandLine, built: Path, folder: Path, tmp_path: Path
) -> None:
    here = tmp_path / "here"
    shutil.copytree(folder, here)
    out = tmp_path / "moved.qlib"
    (row,) = quayscan("library", "transfer", built, "--out", out, "--there", folder, "--here", here, "--json").rows()
    assert (row["entries"], row["seal"]["version"]) == (3, 2)
    (entry,) = quayscan("library", "show", "toluene", "--library", out, "--json").rows()
    assert entry["provenance"]["transferred"] == "axis and response by 3 standards"
    assert quayscan("library", "transfer", built, "--out", out).code == 2
    assert quayscan("library", "transfer", built, "--out", out, "--there", folder).code == 2
    assert quayscan("library", "transfer", built, "--out", out, "--to-laser", "1064").code == 0


@pytest.mark.parametrize(
    ("words", "code", "says"),
    [
        (["build", "nowhere", "--out", "x.qlib"], 4, "no folder"),
        (["verify", "nowhere.qlib"], 4, "no library file"),
        (["trust", "nowhere.qlib"], 4, "cannot open"),
        (["merge", "nowhere.qlib", "--out", "x.qlib"], 4, "cannot open"),
    ],
)
def test_what_is_not_there_is_said(
    quayscan: CommandLine, tmp_path: Path, words: list[str], code: int, says: str
) -> None:
    done = quayscan("library", *[str(tmp_path / word) if "nowhere" in word or ".q" in word else word for word in words])
    assert (done.code, says in done.err) == (code, True)


def test_a_day_that_is_none_is_a_usage_error(quayscan: CommandLine, folder: Path, tmp_path: Path) -> None:
    out = tmp_path / "x.qlib"
    done = quayscan("library", "build", folder, "--out", out, "--expires", "soon")
    assert (done.code, "2027-11-25" in done.err, out.exists()) == (2, True, False)

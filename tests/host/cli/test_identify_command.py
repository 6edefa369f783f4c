"""`quayscan identify`, `library` and `schedule` on files and tables."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from command_line import CommandLine
from jsonschema import Draft202012Validator

import quayscan_spectra

AXIS = np.arange(300.0, 2000.0, 2.0)


def write_spectrum(path: Path, substance: str, seed: int = 0) -> Path:
    """A two-column file drawn from the library's own bands, with noise: for wiring, not for accuracy."""
    (reference,) = [one for one in quayscan_spectra.references() if one.substance == substance]
    signal = 100 * quayscan_spectra.synthesise(reference, AXIS) + 2000
    noisy = np.random.default_rng(seed).poisson(signal)
    path.write_text("".join(f"{x},{y}\n" for x, y in zip(AXIS, noisy, strict=True)))
    return path


@pytest.fixture
def bad_files(tmp_path: Path) -> list[Path]:
    """One file of each fault that a batch may meet."""
    rows = [f"{x},1" for x in AXIS]
    texts = {
        "empty": "",
        "truncated": "\n".join(rows[:50]) + "\n4",
        "non-numeric": "\n".join([*rows[:9], "x,y", *rows[9:]]),
        "non-monotonic": "\n".join([*rows[:9], "1,1", *rows[9:]]),
        "nan": "\n".join([*rows[:9], "317,nan", *rows[10:]]),
    }
    paths = []
    for name, text in texts.items():
        (tmp_path / f"{name}.csv").write_text(text)
        paths.append(tmp_path / f"{name}.csv")
    (tmp_path / "binary.csv").write_bytes(bytes(range(256)) * 10)
    with (tmp_path / "sparse.csv").open("wb") as file:
        file.truncate(2 * 2**30)
    return [*paths, tmp_path / "binary.csv", tmp_path / "sparse.csv", tmp_path / "missing.csv"]


def test_bad_files_cost_one_line_each_and_the_others_are_done(
    quayscan: CommandLine, schema: Draft202012Validator, tmp_path: Path, bad_files: list[Path]
) -> None:
    good = [write_spectrum(tmp_path / f"{name}.csv", name) for name in ("toluene", "caffeine")]
    files = [good[0], *bad_files, good[1]]
    done = quayscan("identify", *files, "--json")
    assert done.code == 4
    complaints = done.err.splitlines()
    assert len(complaints) == len(bad_files)
    for path, complaint in zip(bad_files, complaints, strict=True):
        assert complaint.startswith(f"quayscan: {path}: ")
    rows = done.rows()
    for row in rows:
        schema.validate(row)
    assert [row["file"] for row in rows] == [str(path) for path in files]
    assert [row["error"] is None for row in rows] == [True, *[False] * len(bad_files), True]
    assert [rows[0]["candidates"][0]["substance"], rows[-1]["candidates"][0]["substance"]] == ["toluene", "caffeine"]


def test_the_line_at_fault_is_named(quayscan: CommandLine, bad_files: list[Path]) -> None:
    done = quayscan("identify", *bad_files)
    faults = dict(zip([path.stem for path in bad_files], done.err.splitlines(), strict=True))
    assert "line 51" in faults["truncated"]
    for name in ("non-numeric", "non-monotonic", "nan"):
        assert "line 10" in faults[name]
    assert "67,108,864" in faults["sparse"]


def test_records_are_kept_only_when_asked_for(quayscan: CommandLine, tmp_path: Path) -> None:
    path = write_spectrum(tmp_path / "x.csv", "urea")
    assert quayscan("identify", path, "--json").rows()[0]["record"] is None
    assert quayscan("records", "list", "--json").rows() == []
    assert quayscan("identify", path, "--json", "--record").rows()[0]["record"] == 1


def test_one_file_gets_a_page_and_several_a_line_each(quayscan: CommandLine, tmp_path: Path) -> None:
    first, second = (write_spectrum(tmp_path / f"{name}.csv", name) for name in ("urea", "toluene"))
    assert "Evidence" in quayscan("identify", first).out
    lines = quayscan("identify", first, second).out.splitlines()
    assert [line.split()[:2] for line in lines] == [["NO_CONTROLLED_FOUND", "MATCH"], ["ALERT", "MATCH"]]


def test_the_same_files_and_date_give_the_same_bytes(quayscan: CommandLine, tmp_path: Path) -> None:
    path = write_spectrum(tmp_path / "x.csv", "urea")
    words = ("identify", path, "--json", "--at", "2026-01-01")
    assert quayscan(*words).out == quayscan(*words).out


def test_a_users_folder_becomes_a_library_that_identifies(quayscan: CommandLine, tmp_path: Path) -> None:
    folder = tmp_path / "standards"
    folder.mkdir()
    write_spectrum(folder / "MEK.csv", "methyl-ethyl-ketone", seed=1)
    write_spectrum(folder / "Our Secret Mix 7.csv", "caffeine", seed=2)
    (folder / "broken.csv").write_text("1,2\n")
    out = tmp_path / "own.qlib"
    built = quayscan("library", "build", folder, "--out", out, "--json")
    assert built.code == 4
    assert "broken.csv" in built.err
    assert (built.rows()[0]["entries"], built.rows()[0]["skipped"]) == (2, 1)
    query = write_spectrum(tmp_path / "query.csv", "caffeine", seed=3)
    (row,) = quayscan("identify", query, "--library", out, "--json").rows()
    best = row["candidates"][0]
    assert (best["substance"], best["name"], best["named"]) == ("our secret mix 7", "Our Secret Mix 7", True)
    assert row["library"] == {"name": "standards", "sha256": built.rows()[0]["sha256"]}
    assert (
        row["action"] == "SEND_TO_LAB"
    )  # its own library says that the label is contradicted: it is caffeine's spectrum
    assert any("Caffeine" in reason for reason in row["reasons"])
    entries = quayscan("library", "list", "--library", out, "--json").rows()
    assert {one["substance"] for one in entries} == {"methyl-ethyl-ketone", "our secret mix 7"}
    assert "broken" not in quayscan("library", "show", "MEK", "--library", out).out


@pytest.mark.parametrize("content", [b"", b"no library", b"\0" * 5000])
def test_a_file_that_is_no_library_is_bad_input(quayscan: CommandLine, tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "x.qlib"
    path.write_bytes(content)
    done = quayscan("library", "list", "--library", path)
    assert done.code == 4
    assert str(path) in done.err
    assert quayscan("library", "build", tmp_path / "nowhere", "--out", tmp_path / "y.qlib").code == 4


def test_the_default_library_says_where_each_entry_comes_from(quayscan: CommandLine) -> None:
    (row,) = quayscan("library", "show", "acetone", "--json").rows()
    assert row["grade"] == "measured"
    assert all(row["provenance"][key] for key in ("source", "licence", "instrument", "laser_nm"))
    assert len(quayscan("library", "list").out.splitlines()) >= 65
    assert quayscan("library", "show", "unobtainium").code == 2


def test_the_chinese_gap_of_september_2024_is_the_two_piperidones(quayscan: CommandLine) -> None:
    rows = quayscan("schedule", "gaps", "--regime", "CN", "--at", "2024-09-12", "--json").rows()
    assert [(row["substance"], row["decided"], row["un_in_force"], row["regime"]) for row in rows] == [
        ("1-boc-4-piperidone", "2024-03-19", "2024-12-03", "CN"),
        ("4-piperidone", "2024-03-19", "2024-12-03", "CN"),
    ]
    later = quayscan("schedule", "gaps", "--regime", "CN", "--at", "2026-11-01", "--json")
    assert (later.code, later.out) == (0, "")
    assert "4-piperidone" in quayscan("schedule", "gaps", "--regime", "CN", "--at", "2024-09-12").out


def test_no_row_in_canada_india_or_mexico_is_unknown_and_never_not_listed(quayscan: CommandLine) -> None:
    out = quayscan("schedule", "show", "caffeine", "--at", "2026-11-01").out
    states = {line.split()[0]: line.split()[1] for line in out.splitlines()[1:]}
    assert {states[regime] for regime in ("CA", "IN", "MX")} == {"unknown"}


def test_an_unverified_row_is_marked(quayscan: CommandLine) -> None:
    out = quayscan("schedule", "show", "acetone", "--at", "1995-01-01").out
    (line,) = [line for line in out.splitlines() if line.strip().startswith("UN88")]
    assert "in force" in line
    assert "UNVERIFIED" in line


@pytest.mark.parametrize(
    ("words", "says"),
    [
        (("schedule", "show", "acetonne"), "acetone"),
        (("schedule", "gaps", "--regime", "XX"), "CN"),
        (("schedule", "gaps", "--regime", "CN", "--at", "2024-13-01"), "2024-09-12"),
    ],
)
def test_wrong_names_offer_the_right_ones(quayscan: CommandLine, words: tuple[str, ...], says: str) -> None:
    done = quayscan(*words)
    assert done.code == 2
    assert says in done.err

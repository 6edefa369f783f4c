"""`quayscan schedule` and `quayscan library coverage`, run as a user does."""

from __future__ import annotations

import csv
import re
from pathlib import Path
from typing import Any

import pytest
from command_line import CommandLine, Done

import quayscan_spectra

LISTED = re.compile(r"(Table II?)(?:  |, |: )")
"""A list's name as the commands print it in a row, not as a note mentions it."""

SHIPPED = Path(quayscan_spectra.__file__).parent / "tables" / "controls.csv"


def of(done: Done, regime: str) -> list[dict[str, Any]]:
    assert done.code == 0, done.err
    return [row for row in done.rows() if row["regime"] == regime]


@pytest.mark.parametrize("command", ["check", "timeline", "show"])
def test_acetic_anhydride_was_in_table_ii_in_1995_with_its_source(quayscan: CommandLine, command: str) -> None:
    rows = of(quayscan("schedule", command, "acetic anhydride", "--at", "1995", "--json"), "UN88")
    states = {row["list"]: row["state"] for row in rows}
    assert states == {"Table II": "in_force", "Table I": "not_listed"}
    assert all(row["source"] for row in rows)
    assert [row["verified"] for row in rows] == [False, False]


@pytest.mark.parametrize("command", ["check", "timeline"])
def test_phenylacetic_acid_was_in_table_i_in_2012(quayscan: CommandLine, command: str) -> None:
    rows = of(quayscan("schedule", command, "103-82-2", "--at", "2012-06-01", "--json"), "UN88")
    assert {row["list"]: row["state"] for row in rows} == {"Table I": "in_force", "Table II": "ended"}
    assert "cndblog.org" in next(row["source"] for row in rows if row["list"] == "Table I")


@pytest.mark.parametrize("command", ["check", "timeline"])
def test_a_pmk_ester_in_the_united_states_has_no_rule_with_the_words_of_the_source(
    quayscan: CommandLine, command: str
) -> None:
    (row,) = of(quayscan("schedule", command, "PMK ethyl glycidate", "--json"), "US-DEA")
    assert (row["state"], row["list"]) == ("not_listed", "")
    assert "no rule found" in row["note"]
    assert "3,4-MDP-2-P methyl glycidate (PMK glycidate)" in row["note"]
    assert "86 FR 24703" in row["source"]


def test_check_answers_for_a_member_that_no_list_names(quayscan: CommandLine) -> None:
    done = quayscan("schedule", "check", "134-20-3")
    assert done.code == 0
    assert "Methyl anthranilate (methyl-anthranilate), CAS 134-20-3" in done.out
    assert "Anthranilic acid, its esters, and its salts" in done.out


def test_check_by_customs_code_answers_for_each_substance(quayscan: CommandLine) -> None:
    rows = quayscan("schedule", "check", "2804.70", "--json").rows()
    assert {row["substance"] for row in rows} == {"red-phosphorus", "white-phosphorus"}
    assert {row["found_by"] for row in rows} == {"hs"}


@pytest.mark.parametrize(
    "words",
    [
        ("check", "acetic-anhydride", "--at", "1995"),
        ("show", "acetic-anhydride", "--at", "1995"),
        ("timeline", "acetic-anhydride", "--at", "1995"),
        ("diff", "--from", "1995", "--to", "2005", "--regime", "UN88"),
    ],
)
def test_an_unverified_row_is_marked_and_every_row_has_its_source(
    quayscan: CommandLine, words: tuple[str, ...]
) -> None:
    done = quayscan("schedule", *words)
    assert done.code == 0, done.err
    rows = [line.rstrip() for line in done.out.splitlines() if LISTED.search(line)]
    assert set(LISTED.findall(done.out)) == {"Table I", "Table II"}
    assert all(line.endswith("UNVERIFIED") for line in rows if "Table II" in line)
    assert all(line.endswith("UNVERIFIED DATE") for line in rows if "Table II" not in line)
    assert "source" in done.out


def test_the_gap_of_china_names_both_piperidones_and_marks_the_unverified_later_row(quayscan: CommandLine) -> None:
    done = quayscan("schedule", "gaps", "--regime", "CN", "--at", "2024-09-12")
    lines = [line for line in done.out.splitlines() if not line.startswith("  ")]
    assert [line.split()[0] for line in lines] == ["1-boc-4-piperidone", "4-piperidone"]
    assert all("until 2025-07-20 (UNVERIFIED)" in line for line in lines)


def test_the_chart_draws_every_regime_over_the_years(quayscan: CommandLine) -> None:
    done = quayscan("schedule", "timeline", "4-piperidone", "--at", "2026-11-25")
    bars = [line for line in done.out.splitlines() if "·" in line and "│" in line]
    assert [bar.split()[0] for bar in bars] == list(quayscan_spectra.regimes())
    assert "░" in bars[0]
    assert "█" in bars[0]
    assert "▒" in next(bar for bar in bars if bar.startswith("CN"))


@pytest.mark.parametrize(
    ("words", "columns", "count"),
    [
        (("check", "134-20-3"), {"query", "found_by", "substance", "regime", "state", "verified", "source"}, 7),
        (("show", "acetone"), {"substance", "regime", "state", "verified", "source"}, 7),
        (("timeline", "acetone"), {"substance", "regime", "since", "until", "verified", "source"}, 7),
        (("gaps", "--regime", "CN", "--at", "2024-09-12"), {"substance", "un_list", "verified", "source"}, 2),
        (("gaps", "--regime", "CN", "--at", "2026-11-25"), {"substance", "un_list", "verified", "source"}, 0),
        (
            ("diff", "--from", "2024-09-12", "--to", "2024-12-03", "--regime", "UN88"),
            {"before", "after", "verified", "source"},
            18,
        ),
    ],
)
def test_every_command_exports_its_rows_as_csv(
    quayscan: CommandLine, tmp_path: Path, words: tuple[str, ...], columns: set[str], count: int
) -> None:
    path = tmp_path / "rows.csv"
    done = quayscan("schedule", *words, "--csv", path)
    assert done.code == 0, done.err
    with path.open(newline="", encoding="utf-8") as handle:
        reader = csv.DictReader(handle)
        rows = list(reader)
    assert columns <= set(reader.fieldnames or ())
    assert len(rows) == count
    assert {row["verified"] for row in rows} <= {"yes", "no"}


def test_an_updated_table_is_used_and_a_wrong_one_is_refused_row_by_row(quayscan: CommandLine, tmp_path: Path) -> None:
    path = tmp_path / "new.csv"
    path.write_text(SHIPPED.read_text() + "pmk-ethyl-glycidate,US-DEA,List I,,2026-11-01,,,a page,yes,yes\n")
    done = quayscan("schedule", "check", "PMK ethyl glycidate", "--at", "2026-11-25", "--table", path, "--json")
    (row,) = of(done, "US-DEA")
    assert (row["state"], row["source"]) == ("in_force", "a page")
    assert "not signed" in done.err
    path.write_text(path.read_text() + "nothing,US-DEA,List I,,2026-11-01,,,a page,yes,yes\n")
    refused = quayscan("schedule", "check", "PMK ethyl glycidate", "--table", path)
    assert refused.code == 4
    assert "row 345 (nothing, US-DEA)" in refused.err


def test_a_signed_table_is_used_quietly_and_an_altered_one_never(
    quayscan: CommandLine, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("QUAYSCAN_CONFIG", str(tmp_path / "keys"))
    path = tmp_path / "new.csv"
    path.write_bytes(SHIPPED.read_bytes())
    signed = quayscan("schedule", "sign", path)
    assert (signed.code, signed.err) == (0, "")
    done = quayscan("schedule", "check", "acetone", "--table", path, "--json")
    assert (done.code, done.err) == (0, "")
    monkeypatch.setenv("QUAYSCAN_CONFIG", str(tmp_path / "another host"))
    done = quayscan("schedule", "check", "acetone", "--table", path, "--json")
    assert done.code == 0
    assert "does not know" in done.err
    content = bytearray(SHIPPED.read_bytes())
    content[len(content) // 2] ^= 1
    path.write_bytes(content)
    altered = quayscan("schedule", "check", "acetone", "--table", path)
    assert (altered.code, altered.out) == (4, "")
    assert "altered" in altered.err


def test_a_wrong_table_is_not_signed(quayscan: CommandLine, tmp_path: Path) -> None:
    path = tmp_path / "new.csv"
    path.write_text(SHIPPED.read_text().replace("Category 3", "Category 9"))
    done = quayscan("schedule", "sign", path)
    assert done.code == 4
    assert "Category 9" in done.err
    assert not (tmp_path / "new.csv.sig").exists()


@pytest.mark.parametrize(
    "words",
    [
        ("check", "unobtainium"),
        ("timeline", "unobtainium"),
        ("diff", "--from", "soon"),
        ("diff", "--from", "2024-12-03", "--to", "2024-09-12"),
        ("diff", "--from", "2024", "--regime", "XX"),
        ("gaps", "--regime", "XX"),
        ("check", "acetone", "--at", "0000"),
    ],
)
def test_a_question_that_cannot_be_answered_exits_with_2_and_one_line(
    quayscan: CommandLine, words: tuple[str, ...]
) -> None:
    done = quayscan("schedule", *words)
    assert done.code == 2
    assert done.out == ""
    assert len(done.err.splitlines()) == 1


def test_coverage_has_one_row_for_each_scheduled_substance_with_a_reason(quayscan: CommandLine) -> None:
    rows = quayscan("library", "coverage", "--json").rows()
    assert len(rows) == 98
    assert {tuple(row) for row in rows} == {("substance", "synonyms", "grade", "reason", "regimes")}
    assert all(row["reason"] and row["synonyms"] for row in rows)
    assert {row["grade"] for row in rows} <= {"measured", "published", "computed", "none"}

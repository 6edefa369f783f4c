from __future__ import annotations

from pathlib import Path

import pytest
from command_line import CommandLine
from tests.host.batch.season import spectrum_text

from quayscan.library import default_library, write_library


@pytest.fixture
def library(tmp_path: Path) -> Path:
    write_library(tmp_path / "own.qlib", default_library())
    return tmp_path / "own.qlib"


def test_the_likest_references_come_first_and_a_bad_file_is_named(
    library: Path, tmp_path: Path, quayscan: CommandLine
) -> None:
    (tmp_path / "good.csv").write_text(spectrum_text(3))
    (tmp_path / "bad.csv").write_text("no numbers\n")
    (tmp_path / "narrow.csv").write_text("".join(f"{shift},1\n" for shift in range(500, 900)))
    files = [tmp_path / f"{name}.csv" for name in ("bad", "narrow", "good")]
    done = quayscan("library", "search", library, *files, "--top", "3", "--json")
    assert done.code == 4
    assert [line.split(":")[1].strip() for line in done.err.splitlines()] == [str(one) for one in files[:2]]
    rows = done.rows()
    assert [row["rank"] for row in rows] == [1, 2, 3]
    assert rows[0]["cosine"] > 0.99 > rows[1]["cosine"] > rows[2]["cosine"]
    assert (rows[0]["file"], rows[0]["grade"]) == (str(files[2]), "measured")


def test_no_references_are_no_search(library: Path, quayscan: CommandLine) -> None:
    done = quayscan("library", "search", library, "a.csv", "--top", "0")
    assert (done.code, done.out) == (2, "")
    assert "--top 0" in done.err

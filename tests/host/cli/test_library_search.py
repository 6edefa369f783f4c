from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from command_line import CommandLine
from tests.bench import large
from tests.host.batch.season import spectrum_text

from quayscan.library import Reference, default_library, write_library
from quayscan.library.library import assemble
from quayscan.match.search import FINER


@pytest.fixture
def many(tmp_path: Path) -> Path:
    count = 16 * FINER.keep + 1
    coverage = np.tile(np.array([0, 951], dtype=np.int32), (count, 1))
    references = [Reference(substance=f"s{at}", name=f"S {at}", grade="measured") for at in range(count)]
    write_library(
        tmp_path / "many.qlib",
        assemble("many", references, np.tile(large.entries(1000, seed=5), (5, 1))[:count], coverage),
    )
    return tmp_path / "many.qlib"


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
    assert [row["proven"] for row in rows] == [True, True, True]
    assert [row["ceiling"] for row in rows] == [None, None, None]


def test_a_sentence_below_the_list_says_how_much_of_it_is_proven(
    tmp_path: Path, many: Path, quayscan: CommandLine
) -> None:
    spectrum = tmp_path / "noisy.csv"
    noise = np.random.default_rng(0).normal(size=2000)
    spectrum.write_text("".join(f"{200 + at},{1000 + 50 * one:.2f}\n" for at, one in enumerate(noise)))
    done = quayscan("library", "search", many, spectrum, "--top", "2")
    assert "not proven: an entry that was passed over has 0." in done.out.splitlines()[-1]
    exact = quayscan("library", "search", many, spectrum, "--top", "2", "--exact")
    assert "proven: no other entry comes before these" in exact.out.splitlines()[-1]
    assert float(exact.out.split()[1]) >= float(done.out.split()[1])


def test_no_references_are_no_search(library: Path, quayscan: CommandLine) -> None:
    done = quayscan("library", "search", library, "a.csv", "--top", "0")
    assert (done.code, done.out) == (2, "")
    assert "--top 0" in done.err

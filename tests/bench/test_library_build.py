"""A folder of 80 foreign spectra becomes a signed library, beside parsing the same files in the same run."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from pytest_benchmark.fixture import BenchmarkFixture

from quayscan.curate import build_library
from quayscan.formats import read_spectrum
from quayscan.keys import SigningKey
from quayscan.library import GridRow, Reference, from_rows, open_library, write_library

from .conftest import Report, interleaved

KEY = SigningKey(secret=bytes(range(32)))
ENTRIES = 20_000


@pytest.mark.needs_shared_data
def test_building_and_signing_beside_parsing(
    benchmark: BenchmarkFixture, report: Report, shared_data: Path, tmp_path: Path
) -> None:
    folder = shared_data / "spectra" / "library-785"
    paths = sorted(folder.glob("*.csv"))

    def build() -> None:
        library, skipped = build_library(folder)
        write_library(tmp_path / "built.qlib", library, key=KEY)
        assert (len(library), skipped) == (len(paths), ())

    def parse() -> None:
        for path in paths:
            read_spectrum(path)

    benchmark.pedantic(build, rounds=5, warmup_rounds=1)
    ours, theirs = interleaved(build, parse, 15)
    report.ratio(f"a signed library of {len(paths)} files", ours, "parsing them", theirs, "at most 2")


def test_opening_a_signed_library_beside_a_bare_mapping(
    benchmark: BenchmarkFixture, report: Report, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("QUAYSCAN_CONFIG", str(tmp_path / "config"))
    row = GridRow(values=np.sin(np.arange(951.0)), mask=np.ones(951, dtype=bool))
    references = [Reference(substance=str(at), name=str(at), grade="measured") for at in range(ENTRIES)]
    path = tmp_path / "large.qlib"
    write_library(path, from_rows([row] * ENTRIES, references, name="large"), key=KEY)

    def open_it() -> None:
        assert len(open_library(path)) == ENTRIES

    benchmark.pedantic(open_it, rounds=20, warmup_rounds=2)
    ours, theirs = interleaved(open_it, lambda: np.memmap(path, dtype=np.uint8, mode="r"), 51)
    report.ratio(
        f"opening {ENTRIES} entries ({path.stat().st_size / 1e6:.0f} MB)", ours, "mapping the file", theirs, "none"
    )
    report.say(f"opening a signed library: {ours * 1e3:.2f} ms (limit: 50 ms for 1,000,000 entries)")

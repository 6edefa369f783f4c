"""A library file of a million entries: opened, and searched in place by one spectrum."""

from __future__ import annotations

import os
from collections.abc import Sequence
from functools import partial
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from quayscan.formats import read_spectrum
from quayscan.library import Library, Reference, open_library, write_library
from quayscan.match.best import Best, joined
from quayscan.match.search import InPlace, in_place, search
from quayscan.match.shifts import SHIFT_STEPS
from quayscan.pipeline.one_thread import one_thread
from quayscan.preprocess import prepare
from quayscan.preprocess.codes import Codes
from quayscan.preprocess.grid import POINTS, WINDOW, WINDOW_POINTS
from quayscan.preprocess.projection import project_out

from .. import large
from .clock import in_turn, took
from .files import FILES
from .files import written as files_written

ENTRIES, SEED, QUERIES = 1_000_000, 1, 1000
AT_ONCE = 10_000
SEASON_SPECTRA, EXACT = 200, 100
OPENED_ROUNDS, SEARCH_ROUNDS = 9, 40


class Named(Sequence[Reference]):
    """References that are made when they are asked for."""

    def __len__(self) -> int:
        return ENTRIES

    def __getitem__(self, index: int) -> Reference:  # type: ignore[override]
        if not 0 <= index < ENTRIES:
            raise IndexError(index)
        return Reference(substance=f"s{index}", name=f"Entry {index}", grade="measured")


def written(folder: Path) -> Path:
    """The library file, made once (some minutes, 4.2 GB)."""
    path, raw = folder / "million.qlib", folder / "million.raw"
    if not path.exists():
        spectra = np.memmap(raw, dtype="<f4", mode="w+", shape=(ENTRIES, POINTS))
        for at in range(0, ENTRIES, AT_ONCE):
            spectra[at : at + AT_ONCE] = large.entries(AT_ONCE, SEED, at)
        coverage = np.tile(np.array([0, POINTS], dtype=np.int32), (ENTRIES, 1))
        write_library(
            path, Library(name="million", references=Named(), spectra=spectra, coverage=coverage, sha256="0" * 64)
        )
        raw.unlink()
    return path


def lines(folder: Path) -> list[str]:
    """Rows of the table."""
    path = written(folder)
    opened = sorted(took(lambda: open_library(path)).wall for _ in range(OPENED_ROUNDS))[OPENED_ROUNDS // 2]
    library = open_library(path)
    references = in_place(library)
    chosen = np.random.default_rng(3).integers(ENTRIES, size=QUERIES)
    spectra = large.queries(np.array(library.spectra[np.sort(chosen)]), seed=6)
    one = iter(range(10 * SEARCH_ROUNDS))
    before = _anonymous_mb()
    with one_thread():
        ours, reading, wall, cpu = in_turn(
            lambda: search(spectra[(at := next(one)) : at + 1], references),
            lambda: _read(references.codes),
            rounds=SEARCH_ROUNDS,
        )
    grown = _anonymous_mb() - before
    exact = _exact(spectra, references)
    found = _found(spectra, references)
    kept = float((found.rows[:, 0] == _exhaustive(spectra, library)).mean())
    season = _found(_season(folder), references)
    return [
        f"| {ENTRIES:,} entries open in | {opened * 1e3:.1f} ms | 50 ms |",
        f"| one spectrum over reading the codes ({references.codes.nbytes / 1e6:.0f} MB) from memory: processor, wall"
        f" | {cpu:.2f} ({ours.cpu * 1e3:.0f} ms, {reading.cpu * 1e3:.0f} ms), {wall:.2f} | 3 |",
        f"| private memory growth | {grown:.0f} MB | 300 MB |",
        f"| the exact best reference found | {kept:.2%} of {QUERIES:,} | 99.9 % |",
        f"| it is proven to be the best; ranks of ten proven | {(found.proven > 0).mean():.1%};"
        f" {found.proven.mean():.1f} | |",
        f"| the same for {len(season.rows)} spectra of the season's files | {(season.proven > 0).mean():.1%};"
        f" {season.proven.mean():.1f} | |",
        *exact,
    ]


def _found(spectra: NDArray[np.float64], references: InPlace) -> Best:
    return joined([search(spectra[at : at + 8], references) for at in range(0, len(spectra), 8)])


def _season(folder: Path) -> NDArray[np.float64]:
    """Spectra of the season's files as a search sees them."""
    files = sorted(files_written(folder).iterdir())[:: FILES // SEASON_SPECTRA]
    return np.stack([prepare(read_spectrum(one)).values for one in files])


def _exact(spectra: NDArray[np.float64], references: InPlace) -> list[str]:
    """What it takes to prove all ten; a spectrum of nothing but noise is compared with all."""
    noise = np.random.default_rng(0).normal(size=(1, POINTS))
    with one_thread():
        each = [took(partial(search, spectra[at : at + 1], references, exact=True)).wall for at in range(EXACT)]
        worst = took(lambda: search(noise, references, exact=True)).wall
    return [
        f"| one spectrum, all ten proven (`exact`): median, longest of {EXACT}; noise alone"
        f" | {np.median(each) * 1e3:.0f} ms, {max(each) * 1e3:.0f} ms; {worst:.0f} s | |"
    ]


def _read(codes: Codes) -> None:
    """Every byte once, into a buffer that stays in the cache."""
    buffer = np.empty((4096, codes.shape[1]), dtype=np.float32)
    for at in range(0, len(codes), 4096):
        part = codes[at : at + 4096]
        np.copyto(buffer[: len(part)], part)


def _anonymous_mb() -> float:
    for line in Path(f"/proc/{os.getpid()}/smaps_rollup").read_text().splitlines():
        if line.startswith("Anonymous:"):
            return int(line.split()[1]) / 1024
    return float("nan")


def _exhaustive(spectra: NDArray[np.float64], library: Library) -> NDArray[np.intp]:
    """The best reference of each spectrum, all compared with all at every shift."""
    everywhere = np.ones(WINDOW_POINTS, dtype=bool)
    moved = np.stack(
        [project_out(spectra[:, WINDOW.start + step : WINDOW.stop + step], everywhere) for step in SHIFT_STEPS], axis=1
    )
    moved /= np.linalg.norm(moved, axis=2, keepdims=True)
    flat = moved.reshape(-1, WINDOW_POINTS).astype(np.float32)
    best, row = np.full(len(spectra), -1.0, dtype=np.float32), np.zeros(len(spectra), dtype=np.intp)
    for at in range(0, len(library), AT_ONCE):
        units = project_out(np.asarray(library.spectra[at : at + AT_ONCE, WINDOW], dtype=np.float64), everywhere)
        units /= np.linalg.norm(units, axis=1, keepdims=True)
        scores = (flat @ units.astype(np.float32).T).reshape(len(spectra), SHIFT_STEPS.size, -1).max(axis=1)
        highest = scores.max(axis=1)
        better = highest > best
        best[better], row[better] = highest[better], at + scores.argmax(axis=1)[better]
    return row

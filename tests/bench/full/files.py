"""A season of CSV files into verdicts, beside pandas merely reading them, and beside Dask."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from quayscan.library import default_library
from quayscan.preprocess.grid import GRID

FILES, POINTS = 20_000, 2000
CLUSTER_FILES = 4000
SEED = 20261201
BAD = 1234


@dataclass(frozen=True, slots=True, kw_only=True)
class Run:
    """Seconds on the wall, and of all its processes' processor time."""

    wall: float
    cpu: float


def written(folder: Path) -> Path:
    """20,000 files of one good each: the shipped references with fluorescence and noise, on an axis that is off."""
    season = folder / "season"
    if (season / f"{FILES - 1:05}.csv").exists():
        return season
    season.mkdir(exist_ok=True)
    library, draw = default_library(), np.random.default_rng(SEED)
    axis = np.linspace(250.0, 2250.0, POINTS)
    starts = [f"{shift:.2f}," for shift in axis]
    rows = [at for at, one in enumerate(library.references) if one.grade != "computed"]
    for at in range(FILES):
        bands = np.interp(axis, GRID + draw.uniform(-2.0, 2.0), library.spectra[draw.choice(rows)])
        level = 3000.0 * np.exp(-(((axis - draw.uniform(800.0, 1800.0)) / 900.0) ** 2))
        noise = draw.normal(size=POINTS) * 2000.0 / draw.uniform(20.0, 200.0)
        values = np.round(2000.0 * bands / bands.max() + level + noise, 2).tolist()
        text = "\n".join(f"{start}{value}" for start, value in zip(starts, values, strict=True))
        (season / f"{at:05}.csv").write_text(f"Raman shift (cm-1),intensity\n{text}\n")
    return season


def lines(folder: Path) -> list[str]:
    """Rows of the table."""
    season = written(folder)
    reading = _run(["-c", f"import glob, pandas\nfor one in sorted(glob.glob('{season}/*.csv')): pandas.read_csv(one)"])
    alone = _run(["-c", "import pandas"])
    out = folder / "season.csv"
    ours = _identify(season, out)
    rows = out.read_bytes().count(b"\n") - 1
    ratio = ours.wall / (reading.wall - alone.wall)
    return [
        f"| {rows:,} CSV files of {POINTS:,} points into full verdicts, wall time over pandas.read_csv on one core"
        f" | {ratio:.1f} ({ours.wall:.0f} s, {reading.wall - alone.wall:.0f} s) | 3 |",
        f"| the same, processor time | {ours.cpu / (reading.cpu - alone.cpu):.1f} ({ours.cpu / FILES * 1e3:.1f} ms,"
        f" {(reading.cpu - alone.cpu) / FILES * 1e3:.2f} ms a file) | |",
        f"| cores busy on average | {ours.cpu / ours.wall:.2f} | 1.7 |",
        f"| spectra a second | {FILES / ours.wall:.0f} | |",
        *_bad_file(folder, season),
        *_cluster(folder, season),
    ]


def _bad_file(folder: Path, season: Path) -> list[str]:
    part = folder / "part"
    part.mkdir(exist_ok=True)
    for one in sorted(season.iterdir())[:CLUSTER_FILES]:
        (part / one.name).write_bytes(one.read_bytes())
    (part / f"{BAD:05}.csv").write_bytes(b"cut off")
    ours = _identify(part, folder / "part.jsonl")
    text = (folder / "part.jsonl").read_text().splitlines()
    in_order = [f'{{"file":"{one}"' for one in sorted(part.iterdir())]
    right = sum(line.startswith(start) for line, start in zip(text, in_order, strict=True))
    errors = [at for at, line in enumerate(text) if not line.endswith('"error":null}') and '"verdict":null' in line]
    return [
        f"| {CLUSTER_FILES:,} files, one bad: rows in order; rows with an error | {right:,}; {errors} | all; one |",
        f"| the same: cores busy on average, processes' start included | {ours.cpu / ours.wall:.2f} | 1.7 |",
    ]


def _cluster(folder: Path, season: Path) -> list[str]:
    part = folder / "part"
    pool = _identify(part, folder / "pool.jsonl")
    dask = _identify(part, folder / "dask.jsonl", "--scheduler", "local")
    same = (folder / "pool.jsonl").read_bytes() == (folder / "dask.jsonl").read_bytes()
    return [
        f"| {CLUSTER_FILES:,} files on two local Dask workers over the local pool: wall, processor; the same bytes"
        f" | {dask.wall / pool.wall:.2f}, {dask.cpu / pool.cpu:.2f}; {'yes' if same else 'NO'} | 1.25 |"
    ]


def _identify(paths: Path, out: Path, *more: str) -> Run:
    out.unlink(missing_ok=True)
    words = ["-m", "quayscan", "identify", str(paths), "--out", str(out), "--at", "2026-12-01", "--jobs", "2"]
    return _run([*words, *more])


def _run(words: list[str]) -> Run:
    before, start = os.times(), time.perf_counter()
    subprocess.run([sys.executable, *words], check=False, stderr=subprocess.DEVNULL)
    after = os.times()
    cpu = after.children_user + after.children_system - before.children_user - before.children_system
    return Run(wall=time.perf_counter() - start, cpu=cpu)

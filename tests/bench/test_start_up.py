"""How long the command line takes to say what it can do."""

from __future__ import annotations

import subprocess
import sys

from pytest_benchmark.fixture import BenchmarkFixture

from .conftest import Report, interleaved


def run(*words: str) -> None:
    subprocess.run([sys.executable, *words], check=True, stdout=subprocess.DEVNULL)


def test_help_beside_importing_numpy(benchmark: BenchmarkFixture, report: Report) -> None:
    benchmark.pedantic(run, args=("-m", "quayscan", "--help"), rounds=5, warmup_rounds=1)
    ours, theirs = interleaved(lambda: run("-m", "quayscan", "--help"), lambda: run("-c", "import numpy"), 15)
    report.ratio("quayscan --help", ours, 'python -c "import numpy"', theirs, "at most 1.8")

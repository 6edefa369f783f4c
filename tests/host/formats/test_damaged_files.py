"""Damaged files in thousands: a result or a FileFormatError, never a crash, a hang or a full memory."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

SHORT, WHOLE, BATCH = 1_000, 100_000, 5_000
PEAK_MB = 512
"""The readers are given 512 kB at most; the interpreter with numpy and h5py takes about 65 MB of this."""


def campaign(first: int, last: int, folders: list[Path], seconds: float) -> dict[str, Any]:
    """In a process of its own, so that a crash or hang of a C library is a failure here and no end of the test run."""
    program = Path(__file__).with_name("format_fuzzing.py")
    command = [sys.executable, "-W", "error", str(program), str(first), str(last), *map(str, folders)]
    done = subprocess.run(command, capture_output=True, text=True, timeout=seconds, check=False)
    assert done.returncode == 0, f"mutants {first} to {last}: exit {done.returncode}: {done.stderr[-2000:]}"
    found: dict[str, Any] = json.loads(done.stdout)
    return found


def test_a_thousand_damaged_files_are_read_or_refused() -> None:
    found = campaign(0, SHORT, [], 200)
    assert found["findings"] == []
    assert found["peak_mb"] < PEAK_MB
    assert min(found["outcomes"][key] for key in ("read", "refused")) > SHORT // 20  # both ways were taken


@pytest.mark.slow
@pytest.mark.timeout(3600)
@pytest.mark.needs_shared_data
def test_a_hundred_thousand_damaged_files_are_read_or_refused(shared_data: Path) -> None:
    folders = [
        shared_data / "fixtures",
        shared_data / "spectra/calibration",
        shared_data / "spectra/nir-nirscan/group01",
    ]
    total: dict[str, int] = {}
    for first in range(0, WHOLE, BATCH):
        found = campaign(first, first + BATCH, folders, 1200)
        print(json.dumps({key: value for key, value in found.items() if key != "findings"}), flush=True)
        assert found["findings"] == []
        assert found["peak_mb"] < PEAK_MB
        for outcome, count in found["outcomes"].items():
            total[outcome] = total.get(outcome, 0) + count
    assert sum(total.values()) == WHOLE

"""The campaign of damaged files: mutate, read, count. Run in a process of its own, so that a crash is seen.

    python format_fuzzing.py FIRST LAST [FOLDER...]

reads mutants FIRST to LAST - 1 of the seeds and prints one JSON object.

A mutant is a pure function of its number, so every finding can be repeated.
"""

from __future__ import annotations

import json
import resource
import signal
import sys
import tempfile
import time
from collections import Counter
from pathlib import Path
from typing import Any

import format_samples as samples
import numpy as np

from quayscan.errors import FileFormatError
from quayscan.formats import read_datasets, read_spectrum

LONGEST_SEED = 512 * 1024
ALARM_S = 40
"""A file that takes this long hangs, even beside other work."""

MEMORY = 2 * 2**30
"""Address space of the process: what asks for more fails here."""

_NASTY = [
    b"\0" * 4,
    b"\xff" * 4,
    b"\xff\xff\xff\x7f",
    b"\0\0\0\x80",
    b"9" * 9,
    b"-1",
    b"1e999",
    b"nan",
    b"\n",
    b"##",
    b"Z99",
]


def seeds(folders: list[Path]) -> list[tuple[str, bytes]]:
    """The hand-made samples, then every file of the folders that is not too long to read often."""
    found = list(samples.ALL.items())
    files = sorted(path for folder in folders for path in folder.rglob("*") if path.is_file())
    return found + [(path.name, path.read_bytes()) for path in files if path.stat().st_size <= LONGEST_SEED]


def mutant(number: int, pool: list[tuple[str, bytes]]) -> tuple[str, bytes]:
    """File name and bytes of one damaged file."""
    random = np.random.default_rng(number)
    choice = pool if random.random() < 0.5 else pool[: len(samples.ALL)]  # each format gets its share
    name, data = choice[int(random.integers(len(choice)))]
    data = bytearray(data)
    for _ in range(int(random.choice([1, 1, 1, 2, 4]))):
        _damage(data, random, pool)
    return name, bytes(data)


def _damage(data: bytearray, random: np.random.Generator, pool: list[tuple[str, bytes]]) -> None:
    end = len(data) if random.random() < 0.5 else min(len(data), 600)  # headers deserve half of the hits
    at = int(random.integers(max(end, 1)))
    length = int(random.integers(1, 64))
    kind = int(random.integers(8))
    if kind == 0 and data:
        data[min(at, len(data) - 1)] ^= 1 << int(random.integers(8))
    elif kind == 1:
        data[at : at + length] = random.bytes(length)
    elif kind == 2:
        del data[at : at + length]
    elif kind == 3:
        del data[at:]
    elif kind == 4:
        data[at:at] = data[at : at + length] * 3
    elif kind == 5:
        nasty = _NASTY[int(random.integers(len(_NASTY)))]
        data[at : at + len(nasty)] = nasty
    elif kind == 6:
        other = pool[int(random.integers(len(pool)))][1]
        start = int(random.integers(len(other)))
        data[at:at] = other[start : start + length * 16]
    else:
        data[at:at] = random.bytes(1)


def campaign(first: int, last: int, folders: list[Path]) -> dict[str, Any]:
    """Read every mutant both ways; what is not a result or a FileFormatError is a finding."""
    pool = seeds(folders)
    outcomes: Counter[str] = Counter()
    findings: list[str] = []
    slowest = (0.0, "")
    with tempfile.TemporaryDirectory() as place:
        findings += _unread_samples(Path(place))
        for number in range(first, last):
            name, data = mutant(number, pool)
            path = Path(place) / name
            path.write_bytes(data)
            started = time.perf_counter()
            outcome = _outcome(path)
            slowest = max(slowest, (time.perf_counter() - started, f"{number} {name}"))
            path.unlink()
            outcomes[outcome.partition(":")[0]] += 1
            if outcome.startswith("finding"):
                findings.append(f"{number} {name} {outcome}")
    return {
        "outcomes": dict(outcomes),
        "findings": findings,
        "slowest_s": round(slowest[0], 3),
        "slowest": slowest[1],
        "peak_mb": _peak_mb(),
    }


def _peak_mb() -> int:
    """Most memory of this process since it began; Linux's `ru_maxrss` would count the one that started it too."""
    status = Path("/proc/self/status")
    if status.exists():
        (line,) = [one for one in status.read_text().splitlines() if one.startswith("VmHWM:")]
        return int(line.split()[1]) // 1024
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024


def _unread_samples(place: Path) -> list[str]:
    """Sound files that are refused: a reader that refuses everything finds nothing either."""
    for name, data in samples.ALL.items():
        (place / name).write_bytes(data)
    return [f"sound {name}: {text}" for name in samples.ALL if (text := _outcome(place / name, sound=True)) != "read"]


def _outcome(path: Path, *, sound: bool = False) -> str:
    signal.alarm(ALARM_S)
    try:
        datasets = read_datasets(path)
        if not sound:  # a sound file of several spectra is refused by this one
            read_spectrum(path)
    except FileFormatError as exc:
        text = str(exc)
        whole = text.startswith(str(path)) and "\n" not in text
        return "refused" if whole else f"finding: a message without its file, or of several lines: {text[:200]!r}"
    except BaseException as exc:  # noqa: BLE001  # anything else is what the campaign looks for
        return f"finding: {type(exc).__name__}: {exc}"
    finally:
        signal.alarm(0)
    return "read" if datasets else "finding: no data sets"


def _hang(*_: object) -> None:
    raise TimeoutError("the file takes too long")


if __name__ == "__main__":
    signal.signal(signal.SIGALRM, _hang)
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    print(json.dumps(campaign(int(sys.argv[1]), int(sys.argv[2]), [Path(one) for one in sys.argv[3:]])))

"""Contents scanned through plastic: measured spectra of one unit added, library of other units.

The query's unit is library-785's: its contents mixed with its polyethylene, polypropylene, PET, PTFE and polystyrene
at a wall share of 50, 80 and 95 % of the net band area; white noise makes the highest band of the mixture 200 times
that of a pixel, and the wall's own scan has noise of its own of the same ratio. The library is built of raw-785x and
the two 785 nm folders of instruments. Without a wall scan only polystyrene walls are tried, with the polystyrene of
calibration/bwtek-785 as reference. Every content is tried once more with its group left out: naming one is then false.

    python -m tests.accuracy.wall_trials ../shared/data
"""

from __future__ import annotations

import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import numpy as np

from quayscan.formats import read_spectrum
from quayscan.library import Library, Reference, from_spectra
from quayscan.match.identity import group_of
from quayscan.spectrum import Spectrum
from quayscan.verdict import VerdictKind

from . import spectra
from .mixture_trials import bound_words, judge, mixed, noisy

WALLS = ("polyethylene", "polypropylene", "pet", "ptfe", "polystyrene")
SHARES = (0.50, 0.80, 0.95)
NOISE = 200.0
SEED = 1925
UNIT = "library-785"
UNITS = ("WP-01977-785nm", "WP-00338-785nm", "WP-00391-785nm")
POLYSTYRENE = "spectra/calibration/bwtek-785/PST02_iRPlus785_Z100_100_9000ms.txt"


@dataclass(frozen=True, kw_only=True)
class WallOutcome:
    """One trial.

    Attributes
    ----------
    own_scan : whether the wall's own scan was given. held : whether the library holds the contents.
    named : contents named rightly. wrong : contents named that are not there. container : the wall was reported.
    """

    wall: str
    contents: str
    share: float
    own_scan: bool
    held: bool
    kind: VerdictKind
    cause: str
    named: bool
    wrong: tuple[str, ...]
    container: bool


def wall_trials(
    data: Path,
    *,
    shares: Sequence[float] = SHARES,
    own_scan: bool = True,
    held: bool = True,
    every: int = 1,
    seed: int = SEED,
) -> Iterator[WallOutcome]:
    """Every content behind every wall, or each `every`-th content.

    Parameters
    ----------
    own_scan : give the wall's own scan; else the walls are polystyrene and the library has a polystyrene.
    held : False leaves the contents' group out of the library.
    """
    library = walls_library(data, polystyrene=not own_scan)
    draw = np.random.default_rng(seed)
    walls = WALLS if own_scan else ("polystyrene",)
    own = {substance: spectrum for substance, _, spectrum in _unit(data)}
    contents = [one for one in _unit(data) if one[0] not in WALLS and spectra.holds(library, one[0])]
    for share in shares:
        for place, wall in enumerate(walls):
            for substance, label, spectrum in contents[place % every :: every]:
                chosen = library if held else spectra.without(library, group_of(substance))
                yield _trial((wall, own[wall]), (substance, label, spectrum), share, chosen, own_scan, draw)


def _trial(
    wall: tuple[str, Spectrum],
    contents: tuple[str, str, Spectrum],
    share: float,
    library: Library,
    own_scan: bool,
    draw: np.random.Generator,
) -> WallOutcome:
    scanned = mixed(wall[1], contents[2], 1.0 - share, NOISE, draw)
    verdict, _ = judge(scanned, library, wall=noisy(wall[1], NOISE, draw) if own_scan else None)
    group = group_of(contents[0])
    if verdict.components:
        names = [one.substance for one in verdict.components if one.role == "contents"]
    else:
        names = [one.substance for one in verdict.candidates if one.named]
    names = [name for name in names if name not in WALLS]
    return WallOutcome(
        wall=wall[0],
        contents=contents[1],
        share=share,
        own_scan=own_scan,
        held=spectra.holds(library, contents[0]),
        kind=verdict.verdict,
        cause=verdict.cause,
        named=any(name in group for name in names) and spectra.holds(library, contents[0]),
        wrong=tuple(name for name in names if name not in group),
        container=any(one.role == "container" for one in verdict.components),
    )


@cache
def _unit(data: Path) -> tuple[tuple[str, str, Spectrum], ...]:
    """Substance, label and spectrum of every file of library-785 but the mislabelled one."""
    paths = sorted((data / "spectra" / UNIT).glob("*.csv"))
    return tuple(
        (spectra.substance_of(path.stem), path.stem, read_spectrum(path))
        for path in paths
        if path.stem.lower() not in spectra.MISLABELLED
    )


@cache
def walls_library(data: Path, *, polystyrene: bool) -> Library:
    """The other units' spectra, mixtures apart."""
    entries = [
        (one.spectrum, Reference(substance=one.substance, name=one.label, grade="measured"))
        for one in spectra.trials(data)
        if one.instrument in UNITS and one.substance
    ]
    if polystyrene:
        measured = read_spectrum(data / POLYSTYRENE)
        entries.append((measured, Reference(substance="polystyrene", name="polystyrene", grade="measured")))
    return from_spectra(entries, name="785 nm, other units")


def table(outcomes: Sequence[WallOutcome]) -> Iterator[str]:
    """Lines of the results' table."""
    for own_scan in (True, False):
        for held in (True, False):
            for share in SHARES:
                rows = [one for one in outcomes if (one.own_scan, one.held, one.share) == (own_scan, held, share)]
                if rows:
                    yield _line(rows)
    held_rows = [one for one in outcomes if one.held]
    yield f"wrong content, library holds the contents: {_wrong(held_rows)}"


def _line(rows: Sequence[WallOutcome]) -> str:
    first = rows[0]
    how = "own wall scan" if first.own_scan else "library's polystyrene"
    which = "" if first.held else ", contents not in the library"
    named = bound_words(sum(one.named for one in rows), len(rows))
    shown = [one for one in rows if one.named]
    container = bound_words(sum(one.container for one in shown), len(shown))
    return f"wall {first.share:.0%}, {how}{which}: named {named}  wrong {_wrong(rows)}  container told {container}"


def _wrong(rows: Sequence[WallOutcome]) -> str:
    return bound_words(sum(bool(one.wrong) for one in rows), len(rows))


def print_tables(data: Path, every: int = 1) -> None:
    """Every trial, its table, and what went wrong."""
    outcomes = [
        one
        for own_scan in (True, False)
        for held in (True, False)
        for one in wall_trials(
            data, own_scan=own_scan, held=held, every=every, shares=SHARES if own_scan else SHARES[:1]
        )
    ]
    print(*table(outcomes), sep="\n")
    for one in outcomes:
        if one.wrong or (one.held and not one.named):
            what = " or ".join(one.wrong) or one.cause or "not named"
            held = "" if one.held else "(not in the library)"
            print(
                " ",
                f"{one.share:.0%}",
                one.wall,
                "own scan" if one.own_scan else "",
                one.contents,
                held,
                one.kind,
                what,
            )


def main(arguments: Sequence[str]) -> None:
    data, *rest = arguments
    print_tables(Path(data), int(rest[0]) if rest else 1)


if __name__ == "__main__":
    main(sys.argv[1:])

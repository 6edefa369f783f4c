"""Barcodes of families of goods that have real spectra, standing in for controlled families, which have none.

Each member in turn is left out; the barcode of the others meets its real files of other instruments, or its reference
where there are none, and every real file of other substances. The threshold is the second highest of those. Once with
the references as they are, once with each band moved by what computing a reference may be wrong in, and where the
members are computed, once with their computed references.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path

import numpy as np

from quayscan.preprocess.grid import GRID
from quayscan_spectra import references
from quayscan_spectra.barcodes import Barcode, pattern
from quayscan_spectra.build.barcodes_table import derive, known_patterns
from quayscan_spectra.insilico.computed_references import computed_references, draw

from . import spectra

FAMILIES: Mapping[str, tuple[str, ...]] = {
    "one ring": ("toluene", "benzyl-alcohol", "polystyrene", "benzonitrile"),
    "sugars": ("sucrose", "d-glucose", "fructose"),
    "alcohols": ("1-butanol", "1-pentanol", "1-hexanol"),
}
COMPUTED: Mapping[str, tuple[str, ...]] = {
    "one ring": ("benzene", "toluene", "benzyl-alcohol"),
    "alcohols": ("methanol", "ethanol", "isopropanol"),
}
KIN = {"one ring": ("polystyrene", "benzonitrile"), "alcohols": ("1-butanol", "2-butanol", "2-methyl-1-propanol")}
"""Of the family too: neither benign nor tried."""
POSITION_SD_CM1, FACTOR_SD = 10.0, 1.8
"""Validated errors of computed references."""
LEAST_HEIGHT = 2.0
DRAWS = 6
SEED = 20261125

Patterns = Mapping[str, np.ndarray]


@dataclass(frozen=True, kw_only=True)
class StandIn:
    """One family: members found of those left out, as files or draws."""

    found: int
    tried: int


def without(left_out: str, members: Patterns, family: Sequence[str]) -> Barcode:
    """The barcode of a family less one member; benign is whatever is not in the family."""
    others = {name: each for name, each in members.items() if name != left_out}
    return derive("stand-in", others, [each for name, each in known_patterns().items() if name not in family])


def wrong_about(substance: str, generator: np.random.Generator) -> np.ndarray:
    """The pattern of a reference as if it had been computed, with the errors of computing."""
    (one,) = [one for one in references() if one.substance == substance]
    seen = one.height > LEAST_HEIGHT
    shift = one.shift_cm1[seen] + generator.normal(0.0, POSITION_SD_CM1, int(seen.sum()))
    height = one.height[seen] * np.exp(generator.normal(0.0, np.log(FACTOR_SD), int(seen.sum())))
    return pattern(GRID, draw(shift, height, GRID))


def computed(substance: str) -> np.ndarray:
    """The pattern of a computed reference."""
    (one,) = [one for one in computed_references() if one.id == substance]
    return pattern(GRID, draw(one.shift_cm1, one.height, GRID))


def tried(
    family: Sequence[str],
    data: Path,
    member_of: Callable[[str], np.ndarray],
    *,
    draws: int = 1,
    kin: Sequence[str] = (),
) -> StandIn:
    """The trials of one stand-in family.

    Parameters
    ----------
    member_of : gives the pattern of a member's reference. draws : how often each is asked for.
    kin : substances of the family that are neither members nor benign.
    """
    related = (*family, *kin)
    files = [(one.substance, pattern(GRID, one.features.bands)) for one in spectra.trials(data) if _counts(one)]
    hits: list[bool] = []
    for _ in range(draws):
        members = {name: member_of(name) for name in family}
        for name in family:
            one = without(name, members, related)
            wrong = sorted(one.score(each) for substance, each in files if substance not in related)
            own = [each for substance, each in files if substance == name] or [known_patterns()[name]]
            hits += [one.score(each) > wrong[-2] for each in own]
    return StandIn(found=sum(hits), tried=len(hits))


def _counts(one: spectra.Trial) -> bool:
    """One substance, at a laser in the near infrared, where no file is lost in fluorescence."""
    return bool(one.substance) and one.laser in ("785nm", "830nm")


def print_table(data: Path) -> None:
    print("stand-in families of goods, each member left out; files found with the references as they are,")
    print("with errors of computing, and with computed references")
    for title, family in FAMILIES.items():
        generator = np.random.default_rng(SEED)
        plain = tried(family, data, known_patterns().__getitem__)
        rough = tried(family, data, partial(wrong_about, generator=generator), draws=DRAWS)
        print(f"  {title:<10} {plain.found}/{plain.tried}   {rough.found}/{rough.tried}   {_computed(title, data)}")


def _computed(title: str, data: Path) -> str:
    if title not in COMPUTED:
        return ""
    one = tried(COMPUTED[title], data, computed, kin=KIN[title])
    return f"{one.found}/{one.tried} ({', '.join(COMPUTED[title])})"

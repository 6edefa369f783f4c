"""Family barcodes: false alarms on every real spectrum, and members found with their own reference left out.

    python -m tests.accuracy.barcode_trials DATA           prints the tables
    python -m tests.accuracy.barcode_trials DATA --write   writes host/quayscan/match/barcode_states.csv anew

No real spectrum of a member is public, so that every real spectrum is a false trial. A member left out is drawn from
its own computed bands, each moved by what computing may be wrong in (position and height), with noise, and prepared
like a measured spectrum; the barcode it meets, and that barcode's threshold, come from the other members. The
threshold is the highest score of a real spectrum: the next one exceeds it at a rate of 1 / (n + 1).
"""

from __future__ import annotations

import csv
import sys
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import numpy as np

from quayscan.errors import InputError
from quayscan.formats import read_spectrum
from quayscan.match import MatchOptions
from quayscan.match.match import target_of
from quayscan.match.residual import background_chi
from quayscan.preprocess import Features, prepare
from quayscan.preprocess.grid import GRID
from quayscan.spectrum import Spectrum
from quayscan.verdict import Limits
from quayscan_spectra import references
from quayscan_spectra.barcodes import Barcode, pattern
from quayscan_spectra.build.barcodes_table import LEAST_MEMBERS, benign_patterns, derive, member_patterns
from quayscan_spectra.families import Family, families
from quayscan_spectra.insilico.computed_references import computed_references, draw

from . import stand_ins
from .bounds import at_least, at_most, stated

TABLE = Path(__file__).parents[2] / "host/quayscan/match/barcode_states.csv"
COLUMNS = ("family", "sha256", "on", "threshold", "members", "recognised", "alarms", "n", "reason")
LEAST_RECOGNISED = 0.7
"""A barcode that finds fewer of the members left out stays off."""
DRAWS = 40
FWHM_CM1 = 12.0
MEASURED_SD_CM1, MEASURED_FACTOR = 3.0, 1.2
"""Errors of a measured reference: another unit's axis and response."""
NOISE = 1.0
"""Of 100, the strongest band."""
NO_SAMPLES = ("Ne_", "NIST", "NIR")
"""Files of lamps and of glass standards."""
FOLDERS = ("library-785", "raw-785x", "instruments", "calibration/bwtek-785")


@dataclass(frozen=True, kw_only=True)
class FamilyTrial:
    """One family: the barcode of all members, and what the trials gave."""

    family: Family
    barcode: Barcode | None
    members: int
    null: np.ndarray
    found: int
    drawn: int

    @property
    def threshold(self) -> float:
        return float(self.null.max()) if self.null.size else 0.0

    @property
    def recognised(self) -> float:
        return self.found / self.drawn if self.drawn else 0.0

    @property
    def reason(self) -> str:
        if self.members < LEAST_MEMBERS:
            return f"{self.members} references, and it takes {LEAST_MEMBERS}"
        if self.recognised < LEAST_RECOGNISED:
            return f"finds {self.recognised:.0%} of the members left out, and it takes {LEAST_RECOGNISED:.0%}"
        return ""


@cache
def real_patterns(data: Path) -> tuple[tuple[str, np.ndarray], ...]:
    """File and pattern of every real Raman spectrum with bands above the noise."""
    return tuple((name, pattern(GRID, one.bands)) for name, one in _real(data))


def _real(data: Path) -> Iterator[tuple[str, Features]]:
    for folder in FOLDERS:
        for path in sorted((data / "spectra" / folder).rglob("*.*")):
            if path.name.startswith(NO_SAMPLES):
                continue
            try:
                features = prepare(read_spectrum(path, laser_nm=785.0))
            except InputError:
                continue
            if _decides(features):
                yield f"{folder}/{path.name}", features


def _decides(features: Features) -> bool:
    limits, chi = Limits(), background_chi(target_of(features), MatchOptions().model)
    return features.quality.coverage >= limits.coverage and chi >= limits.weak_chi


def drawn_member(identifier: str, generator: np.random.Generator) -> np.ndarray:
    """The pattern of a member as it may look, if its reference is as wrong as such references usually are."""
    for one in computed_references():
        if one.id == identifier:
            return _drawn(one.shift_cm1, one.height, one.position_sd_cm1, one.intensity_factor_sd, generator)
    (known,) = [one for one in references() if one.substance == identifier]
    sure = np.ones(known.shift_cm1.size)
    return _drawn(known.shift_cm1, known.height, MEASURED_SD_CM1 * sure, MEASURED_FACTOR * sure, generator)


def _drawn(
    shift: np.ndarray, height: np.ndarray, position_sd: np.ndarray, factor: np.ndarray, generator: np.random.Generator
) -> np.ndarray:
    moved = shift + generator.normal(0.0, position_sd)
    changed = height * np.exp(generator.normal(0.0, np.log(factor)))
    return measured_pattern(draw(moved, changed, GRID, FWHM_CM1), generator)


def measured_pattern(curve: np.ndarray, generator: np.random.Generator) -> np.ndarray:
    """The pattern of a drawn curve measured with noise on a background."""
    noise = generator.normal(0.0, NOISE * curve.max() / 100, GRID.size)
    return pattern(GRID, prepare(Spectrum(axis=GRID, intensity=curve + noise + 0.5 * curve.max())).bands)


def tried(family: Family, data: Path) -> FamilyTrial:
    """The trials of one family; without enough members there is nothing to try."""
    members, benign = member_patterns(family), benign_patterns(family)
    real = [one for _, one in real_patterns(data)]
    if len(members) < LEAST_MEMBERS:
        return FamilyTrial(family=family, barcode=None, members=len(members), null=np.zeros(0), found=0, drawn=0)
    one = derive(family.family, members, benign)
    found = sum(_found(name, family, members, benign, real) for name in members)
    return FamilyTrial(
        family=family,
        barcode=one,
        members=len(members),
        null=np.array([one.score(each) for each in real]),
        found=found,
        drawn=DRAWS * len(members),
    )


def _found(
    left_out: str,
    family: Family,
    members: Mapping[str, np.ndarray],
    benign: Sequence[np.ndarray],
    real: Sequence[np.ndarray],
) -> int:
    others = {name: each for name, each in members.items() if name != left_out}
    one = derive(family.family, others, benign)
    threshold = max(one.score(each) for each in real)
    generator = np.random.default_rng(20261125)
    return sum(one.score(drawn_member(left_out, generator)) > threshold for _ in range(DRAWS))


def state_row(trial: FamilyTrial) -> Mapping[str, str]:
    values = (
        trial.family.family,
        trial.barcode.sha256 if trial.barcode else "",
        "no" if trial.reason else "yes",
        f"{trial.threshold:.5f}",
        str(trial.members),
        f"{trial.recognised:.3f}",
        str(int((trial.null > trial.threshold).sum())),
        str(trial.null.size),
        trial.reason,
    )
    return dict(zip(COLUMNS, values, strict=True))


def print_tables(data: Path) -> None:
    print(f"{len(real_patterns(data))} real spectra with bands, none of them a member's")
    for family in families():
        trial = tried(family, data)
        print(f"{family.title}: {'off: ' + trial.reason if trial.reason else 'on'}")
        if trial.barcode is None:
            continue
        alarms = int((trial.null > trial.threshold + 5e-6).sum())
        print(f"  members {', '.join(trial.barcode.members)}")
        print(f"  false alarms {stated(alarms, trial.null.size)}; conformal rate {1 / (trial.null.size + 1):.2%}")
        print(
            f"  members left out found {trial.found}/{trial.drawn}, at least {at_least(trial.found, trial.drawn):.1%}"
        )
        print("  regions", ", ".join(f"{low:g}-{high:g}" for low, high in trial.barcode.regions_cm1[:6]))
        best = np.argsort(-trial.null)[:5]
        print("  nearest", ", ".join(f"{real_patterns(data)[at][0]} {trial.null[at]:.2f}" for at in best))
    print(f"no alarm in {len(real_patterns(data))} bounds a rate at {at_most(0, len(real_patterns(data))):.2%}")
    stand_ins.print_table(data)


def main() -> None:
    data = Path(sys.argv[1])
    if "--write" not in sys.argv:
        print_tables(data)
        return
    rows = [state_row(tried(family, data)) for family in families()]
    with TABLE.open("w", newline="", encoding="utf-8") as file:
        writer = csv.DictWriter(file, COLUMNS, lineterminator="\n")
        writer.writeheader()
        writer.writerows(rows)


if __name__ == "__main__":
    main()

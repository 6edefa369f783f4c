"""Fits the scaling to substances that are both computed and measured, and tells what is left when one is held out."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from types import MappingProxyType

import numpy as np

from ..references import BandReference, references
from .assignment import Pair, assign
from .computed_references import ComputedReference, read_computed
from .scaling import Scaling, position_sd, scaling
from .units import Array
from .write_rows import read_rows, write_rows

SHIFT_CLASSES = (
    "str C=O",
    "str arom/C=C",
    "str triple",
    "str CCl/CS",
    "str C-O",
    "str C-C/N",
    "str other",
    "lin bend",
    "bend XXX",
    "bend XOH/XNH",
    "bend HCH",
    "bend XCH",
    "tors/oop",
)
# What is expected before any band is seen: the usual factors of B3LYP/6-31G(d), and shifts of about one percent.
_EXPECTED = np.array([1.019, 3.9e-5, *([0.0] * len(SHIFT_CLASSES))])
_WIDTH = np.array([0.008, 0.5e-5, *([0.012] * len(SHIFT_CLASSES))])
_GAIN_WIDTH, _LOG_NOISE = 0.4, 0.6  # of natural logarithms
_NOISE_CM1 = 9.0
_ASSUMED_SPREAD = "assumed: anharmonicity and hydrogen bonds, not validated"
_HUBER_CM1 = 15.0
_ROUNDS = 4


@dataclass(frozen=True, slots=True, kw_only=True)
class Known:
    """A substance that is both computed and measured."""

    computed: ComputedReference
    measured: BandReference


def known(computed: Iterable[ComputedReference]) -> tuple[Known, ...]:
    """Those of the computed molecules that have a measured reference ."""
    measured = {one.substance: one for one in references() if one.grade == "measured"}
    return tuple(Known(computed=one, measured=measured[one.substance]) for one in computed if one.substance in measured)


def _shares(one: Known, pair: Pair) -> Array:
    """Shares by class of the bands of a pair, (members, classes)."""
    return np.array([[one.computed.character[i].get(name, 0.0) for name in SHIFT_CLASSES] for i in pair.members])


def _row(one: Known, pair: Pair) -> Array:
    """How the computed position of a pair depends on the coefficients, (2 + classes,)."""
    weights, shares = np.array(pair.weights), _shares(one, pair)
    raw = one.computed.harmonic_cm1[list(pair.members)]
    return np.array([weights @ raw, -(weights @ raw**2), *((weights * raw) @ shares)])


def _solve(design: Array, target: Array) -> tuple[Array, Array]:
    """Coefficients and their sd by ridge regression, far bands pulling less (Huber)."""
    pull = np.ones(len(target))
    for _ in range(_ROUNDS):
        rows = design * np.sqrt(pull)[:, None] / _NOISE_CM1
        left = rows.T @ rows + np.diag(1.0 / _WIDTH**2)
        right = rows.T @ (np.sqrt(pull) * target / _NOISE_CM1) + _EXPECTED / _WIDTH**2
        found = np.linalg.solve(left, right)
        pull = np.minimum(1.0, _HUBER_CM1 / np.maximum(np.abs(target - design @ found), 1e-9))
    return found, np.sqrt(np.diag(np.linalg.inv(left)))


def _gains(pairs: Sequence[tuple[Known, Pair]], by: Scaling) -> Array:
    """The logarithms (classes,) that bring computed heights nearest to measured ones, each substance on a level of its
    own, by ridge regression."""
    shares = np.array([np.array(pair.weights) @ _shares(one, pair) for one, pair in pairs])
    before = np.array([by.gains.get(name, 0.0) for name in SHIFT_CLASSES])
    wanted = shares @ before - np.array([pair.log_ratio for _, pair in pairs])
    names = np.array([one.measured.substance for one, _ in pairs])
    for name in np.unique(names):
        mine = names == name
        shares[mine] -= shares[mine].mean(axis=0)
        wanted[mine] -= wanted[mine].mean()
    left = shares.T @ shares / _LOG_NOISE**2 + np.eye(len(SHIFT_CLASSES)) / _GAIN_WIDTH**2
    return np.asarray(np.linalg.solve(left, shares.T @ wanted / _LOG_NOISE**2), dtype=np.float64)


def _by_class(values: Array) -> Mapping[str, float]:
    return MappingProxyType({name: float(value) for name, value in zip(SHIFT_CLASSES, values, strict=True)})


def _as_scaling(found: Array, gains: Array, by: Scaling) -> Scaling:
    return replace(
        by, linear=float(found[0]), quadratic=float(found[1]), shifts=_by_class(found[2:]), gains=_by_class(gains)
    )


def fit(those: Sequence[Known], start: Scaling | None = None) -> tuple[Scaling, Array]:
    """The scaling that places these substances' bands best, and the sd of its coefficients (2 + classes,).

    Bands are assigned anew after each fit.
    """
    by, deviation = start or scaling(), _WIDTH
    for _ in range(_ROUNDS if those else 0):
        pairs = [(one, pair) for one in those for pair in assign(one.computed, one.measured, by)]
        design = np.array([_row(one, pair) for one, pair in pairs])
        found, deviation = _solve(design, np.array([pair.measured_cm1 for _, pair in pairs]))
        by = _as_scaling(found, _gains(pairs, by), by)
    return by, deviation


def without(those: Sequence[Known], held_out: str) -> Scaling:
    """The fit without one substance."""
    return fit([one for one in those if one.measured.substance != held_out])[0]


def residuals(those: Sequence[Known]) -> Mapping[str, tuple[Pair, ...]]:
    """Substance to its pairs, placed by the fit without that substance."""
    return {
        one.measured.substance: assign(one.computed, one.measured, without(those, one.measured.substance))
        for one in those
    }


def _spread(values: Array) -> float:
    """Standard deviation that a few wrong assignments do not blow up."""
    return float(1.4826 * np.median(np.abs(values)))


def refit(tables: Path) -> str:
    """Fits the scaling anew, writes `computed_scaling.csv`, and moves the bands of `computed_bands.csv`.

    Parameters
    ----------
    tables : Path
        The folder of the tables.

    Returns
    -------
    str
        What was found, for the reader.
    """
    everything = read_computed(tables)
    those = [one for one in known(everything) if not one.computed.doubt]
    by, deviation = fit(those)
    left = residuals(those)
    off = np.array([p.measured_cm1 - p.computed_cm1 for pairs in left.values() for p in pairs])
    ratios = np.array([p.log_ratio for pairs in left.values() for p in pairs])
    rms = float(np.sqrt(np.mean(off**2)))
    by = replace(by, position_sd_cm1=round(rms, 1), intensity_factor_sd=round(float(np.exp(ratios.std())), 2))
    source = (
        f"own validation: {len(off)} bands of {len(those)} substances both computed and measured "
        f"(grade measured of bands.csv), left out one substance at a time: rms {rms:.1f} cm-1"
    )
    _write_scaling(tables, by, deviation, source)
    _move_bands(tables, everything, by)
    return f"{source}, median spread {_spread(off):.1f} cm-1, intensity factor {by.intensity_factor_sd:g}"


def _write_scaling(tables: Path, by: Scaling, deviation: Array, source: str) -> None:
    rows = [
        ("linear", f"{by.linear:.5f}", f"{deviation[0]:.5f}", "1", source),
        ("quadratic", f"{by.quadratic:.3e}", f"{deviation[1]:.1e}", "cm", source),
        ("hydrogen", f"{by.hydrogen:g}", "", "1", "assumed: the usual factor for X-H stretches at this level"),
        *(
            (f"shift {name}", f"{by.shifts[name]:.5f}", f"{sd:.5f}", "1", source)
            for name, sd in zip(SHIFT_CLASSES, deviation[2:], strict=True)
        ),
        *((f"gain {name}", f"{value:.3f}", "", "1", source) for name, value in by.gains.items()),
        ("position sd", f"{by.position_sd_cm1:g}", "", "cm-1", source),
        ("hydrogen position sd", f"{by.hydrogen_sd_cm1:g}", "", "cm-1", _ASSUMED_SPREAD),
        ("intensity factor sd", f"{by.intensity_factor_sd:g}", "", "1", source),
    ]
    columns = ("name", "value", "sd", "unit", "source")
    write_rows(tables / "computed_scaling.csv", columns, [dict(zip(columns, row, strict=True)) for row in rows])


def _move_bands(tables: Path, everything: Iterable[ComputedReference], by: Scaling) -> None:
    rows = read_rows(tables / "computed_bands.csv")
    for one in everything:
        own = [row for row in rows if row["id"] == one.id]
        for row, shift, height in zip(own, *one.placed(by), strict=True):
            row["shift_cm1"], row["height"] = f"{shift:.1f}", f"{height:.3f}"
            row["position_sd_cm1"] = f"{position_sd(float(row['harmonic_cm1']), by):g}"
            row["intensity_factor_sd"] = f"{by.intensity_factor_sd:g}"
    order = {one.id: number for number, one in enumerate(everything)}
    rows.sort(key=lambda row: (order[row["id"]], float(row["shift_cm1"])))
    write_rows(tables / "computed_bands.csv", tuple(rows[0]), rows)

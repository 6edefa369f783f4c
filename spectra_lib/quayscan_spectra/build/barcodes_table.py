"""Derives the barcodes from whatever references of the families exist, into `barcodes.csv`.

The mean pattern of the members, less that of benign goods, through the inverse of the benign patterns' covariance
(shrunk towards a multiple of the unit matrix): R. A. Fisher's linear discriminant, Annals of Eugenics 7 (1936) 179-188,
with the spread of the benign goods alone, since a family has few members. Where benign goods vary much, the weight is
small.
"""

from collections.abc import Mapping, Sequence
from pathlib import Path

import numpy as np

from ..barcodes import POINTS_CM1, Barcode, barcode, pattern
from ..families import Family, families
from ..insilico.computed_references import computed_references, draw
from ..profile import Array
from ..references import references, synthesise
from .write_table import write_table

LEAST_MEMBERS = 3
SHRINKAGE = 1.0
"""Share of the mean variance added to every one."""
AXIS_CM1 = np.arange(300.0, 2201.0, 2.0)
COLUMNS = ("family", "members", "shift_cm1", "weight", "mean", "shared")


def known_patterns() -> dict[str, Array]:
    """The pattern of every measured and published reference, by substance."""
    return {one.substance: pattern(AXIS_CM1, synthesise(one, AXIS_CM1)) for one in references()}


def member_patterns(family: Family) -> dict[str, Array]:
    """The patterns of a family's references, measured or computed; a doubtful computed one does not count."""
    found = {name: one for name, one in known_patterns().items() if name in family.members}
    for one in computed_references():
        if {one.id, one.substance} & family.members and not one.doubt and one.substance not in found:
            found[one.id] = pattern(AXIS_CM1, draw(one.shift_cm1, one.height, AXIS_CM1))
    return dict(sorted(found.items()))


def benign_patterns(family: Family) -> list[Array]:
    """The patterns of all measured and published references outside a family."""
    return [one for name, one in known_patterns().items() if name not in family.members]


def derive(family: str, members: Mapping[str, Array], benign: Sequence[Array]) -> Barcode:
    """The barcode that tells the members from benign goods.

    Parameters
    ----------
    members : (141,) patterns by id. benign : (141,) patterns, more than one.
    """
    rows, others = np.stack(list(members.values())), np.stack(benign)
    mean = others.mean(axis=0)
    spread = np.cov(others.T)
    shrunk = spread + SHRINKAGE * np.trace(spread) / len(spread) * np.eye(len(spread))
    weight = np.linalg.solve(shrunk, rows.mean(axis=0) - mean)
    weight /= np.sqrt(weight @ spread @ weight)
    return barcode(family, tuple(members), weight, mean, rows.min(axis=0))


def build_barcodes(data: Path, out: Path) -> None:
    """Write `barcodes.csv` into `out`. `data` is not read: the references ship with the package."""
    rows: list[dict[str, str]] = []
    for family in families():
        members = member_patterns(family)
        if len(members) >= LEAST_MEMBERS:
            rows += _rows(derive(family.family, members, benign_patterns(family)), members)
    write_table(out / "barcodes.csv", COLUMNS, rows)


def _rows(one: Barcode, members: Mapping[str, Array]) -> list[dict[str, str]]:
    shared = np.stack(list(members.values())).min(axis=0)
    ids = "|".join(one.members)
    return [
        {"family": one.family, "members": ids, "shift_cm1": f"{at:g}"}
        | {"weight": f"{weight:.5f}", "mean": f"{mean:.5f}", "shared": f"{least:.5f}"}
        for at, weight, mean, least in zip(POINTS_CM1, one.weight, one.mean, shared, strict=True)
    ]

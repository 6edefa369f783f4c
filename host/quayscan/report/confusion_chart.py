"""Which references an instrument cannot tell apart, as a picture: PNG, SVG or PDF by the file's name."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from ..errors import UsageError

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Matrix = NDArray[np.float64]

MOST = 40
"""Substances drawn; those with the nearest neighbours."""
SHOWN_MARGINS = 4.0
"""Leads beyond so many margins are drawn as far."""
INCH_A_ROW = 0.24


def write_confusion_chart(path: Path, names: Sequence[str], lead: Matrix, margin: float, *, title: str) -> None:
    """Draw a matrix, the sample's row and the other reference's column, the darker the nearer; confusions are framed.

    Parameters
    ----------
    path : its ending says what is written. names : (S,). lead : (S, S), infinite where nothing came near.

    Raises
    ------
    UsageError
        Drawing is not installed, the ending is not known, or the file cannot be written.
    """
    figure_class, colours = _drawing()
    chosen = _nearest(lead, margin)
    shown = lead[np.ix_(chosen, chosen)]
    side = 3.2 + INCH_A_ROW * len(chosen)
    figure = figure_class(figsize=(side, side), layout="constrained")
    axes = figure.add_subplot()
    limit = SHOWN_MARGINS * margin
    image = axes.imshow(np.minimum(shown, limit), cmap=colours, vmin=-margin, vmax=limit)
    for row, column in np.argwhere(shown < margin):
        axes.add_patch(_frame(column, row))
    labels = [names[at] for at in chosen]
    axes.set_xticks(range(len(labels)), labels, rotation=90, fontsize=7)
    axes.set_yticks(range(len(labels)), labels, fontsize=7)
    axes.set(xlabel="other reference", ylabel="sample")
    axes.set_title(title, fontsize=9)
    bar = figure.colorbar(image, ax=axes, shrink=0.6, label="lead of the sample, atanh of the score")
    bar.ax.axhline(margin, color="black", linewidth=1.0)
    try:
        figure.savefig(path, dpi=150)
    except (OSError, ValueError) as exc:
        raise UsageError(f"--out {path}: cannot be written ({exc}): give a name that ends in .png or .svg") from exc


def _nearest(lead: Matrix, margin: float) -> list[int]:
    """The substances with the nearest neighbours, those that are near each other side by side."""
    both = np.minimum(lead, lead.T)
    nearest = both.min(axis=1)
    order = np.argsort(nearest, kind="stable")[:MOST]
    left = [int(at) for at in order if nearest[at] < SHOWN_MARGINS * margin] or [int(at) for at in order[:10]]
    chosen = [left.pop(0)]
    while left:
        chosen.append(left.pop(int(np.argmin(both[chosen[-1], left]))))
    return chosen


def _frame(column: int, row: int) -> Any:
    from matplotlib.patches import Rectangle

    return Rectangle((column - 0.5, row - 0.5), 1, 1, fill=False, edgecolor="black", linewidth=1.2)


def _drawing() -> tuple[Any, str]:
    try:
        from matplotlib.figure import Figure
    except ImportError as exc:
        raise UsageError("--out needs matplotlib: pip install 'quayscan[charts]', or leave --out away") from exc
    return Figure, "inferno"

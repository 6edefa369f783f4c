"""The pictures of the page, each as SVG text: photon transfer, neon fit, light-off latencies."""

from __future__ import annotations

import io
import re
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

import numpy as np

from ...errors import UsageError
from ..result import CaseResult, Latency

if TYPE_CHECKING:
    from matplotlib.figure import Figure

WIDTH, HEIGHT = 7.2, 3.4
BINS = 30


def require_drawing() -> None:
    """Raise now, and not after a long run, when nothing can be drawn.

    Raises
    ------
    UsageError
        matplotlib is not installed.
    """
    try:
        import matplotlib.figure  # noqa: F401
    except ImportError as exc:
        raise UsageError("--report needs matplotlib for its plots: pip install 'quayscan[charts]'") from exc


def transfer_plot(details: Mapping[str, Any]) -> str:
    """Variance over signal, measured and fitted."""
    figure = _figure()
    axes = figure.add_subplot()
    signal, variance = np.array(details["signal"]), np.array(details["variance"])
    gain, read = details["gain"], details["read_noise_e"]
    line = np.geomspace(max(signal.min(), 1.0), signal.max(), 50)
    axes.loglog(signal, variance, "o", markersize=3, label="pairs of frames")
    label = f"{gain:.4g} e-/count, read noise {read:.4g} e-"
    axes.loglog(line, (read / gain) ** 2 + 1 / 12 + line / gain, "-", linewidth=1, label=label)
    axes.set(xlabel="signal, counts", ylabel="variance, counts squared")
    axes.legend(fontsize=8)
    return _svg(figure)


def neon_plot(details: Mapping[str, Any]) -> str:
    """The lamp with the lines that were used, and what they leave of the axis."""
    figure = _figure(1.5)
    above, below = figure.subplots(2, 1, sharex=True, height_ratios=(2, 1))
    counts, pixel = np.array(details["counts"]), np.array(details["pixel"])
    above.semilogy(np.maximum(counts, 1.0), linewidth=0.7)
    above.plot(pixel, np.maximum(np.interp(pixel, np.arange(counts.size), counts), 1.0), "|", markersize=8)
    above.set(ylabel="counts")
    below.plot(pixel, details["residual_cm1"], "o", markersize=3)
    below.axhline(0.0, linewidth=0.7, color="black")
    below.set(xlabel="pixel", ylabel="residual, cm-1")
    return _svg(figure)


def latency_plot(latencies: Sequence[Latency]) -> str:
    """Latencies of the light over what the cause allows, by cause, with the limit."""
    figure = _figure()
    axes = figure.add_subplot()
    causes = sorted({one.cause for one in latencies})
    values = [[one.gate_ms - _grace(one, latencies) for one in latencies if one.cause == cause] for cause in causes]
    limit = min(one.limit_ms for one in latencies)
    most = max(limit, max(max(one) for one in values))
    low = min(0.0, min(min(one) for one in values))
    axes.hist(values, bins=list(np.linspace(low, 1.05 * most, BINS)), stacked=True, label=causes)
    axes.axvline(limit, color="black", linestyle="--", linewidth=1, label="limit")
    axes.set(xlabel="ms from the cause (silence: from the heartbeat's limit) to enable low", ylabel="times")
    axes.legend(fontsize=8)
    return _svg(figure)


def _grace(one: Latency, latencies: Sequence[Latency]) -> float:
    """What a cause allows before the board is to act: its limit beyond the shortest of all limits."""
    return one.limit_ms - min(other.limit_ms for other in latencies)


def plots(results: Sequence[CaseResult]) -> list[tuple[str, str]]:
    """(title, SVG) of what a run has to show: the first instrument's curves, everybody's latencies."""
    drawn = []
    by_name = {one.name: one for one in reversed(results) if one.details}
    if "gain" in by_name:
        drawn.append(("Photon transfer curve", transfer_plot(by_name["gain"].details)))
    if "neon lines" in by_name:
        drawn.append(("Neon lines and what they leave of the axis", neon_plot(by_name["neon lines"].details)))
    latencies = [latency for one in results for latency in one.latencies]
    if latencies:
        drawn.append(("Light-off latencies", latency_plot(latencies)))
    return drawn


def _figure(taller: float = 1.0) -> Figure:
    from matplotlib.figure import Figure

    return Figure(figsize=(WIDTH, taller * HEIGHT), layout="constrained")


def _svg(figure: Figure) -> str:
    """The picture to be put into a page: no XML head, no date."""
    out = io.StringIO()
    figure.savefig(out, format="svg", metadata={"Date": None})
    return re.sub(r"^.*?(?=<svg)", "", out.getvalue(), flags=re.DOTALL)

"""The verdict for a person at a terminal."""

from __future__ import annotations

import numpy as np
from rich.console import Console, Group, RenderableType
from rich.padding import Padding
from rich.panel import Panel
from rich.table import Table
from rich.text import Text

from ..library import RAMAN, Library
from ..library.suited import suited
from ..spectrum import Spectrum
from ..verdict import Action, Candidate, FalseAlarm, Verdict
from .component_lines import component_lines
from .curves import curves
from .declared_lines import declared_lines
from .plot import braille_plot

_STYLES = {
    Action.ALERT: "bold white on red",
    Action.WATCH: "bold black on yellow",
    Action.NO_CONTROLLED_FOUND: "bold black on green",
    Action.RESCAN: "bold white on blue",
    Action.SEND_TO_LAB: "bold white on magenta",
}
_NO_LESS = {"mixture": "mixtures keep no less", "wall": "behind a wall no less is kept"}
_PLOT_HEIGHT = 5
_MARGIN = 4


def show_verdict(console: Console, verdict: Verdict, spectrum: Spectrum, library: Library, *, title: str) -> None:
    """Print the verdict, the spectrum over its best reference, the evidence, the controls and the reasons."""
    library = suited(library, spectrum)
    console.print(_heading(verdict, title))
    console.print(_plots(verdict, spectrum, library, console.width - _MARGIN))
    made_of = component_lines(verdict)
    if made_of is not None:
        console.print(made_of)
    if verdict.candidates:
        console.print(_candidates(verdict, with_shift=library.axis == RAMAN))
    if verdict.controls:
        console.print(_controls(verdict))
    console.print(_small_print(verdict))


def _heading(verdict: Verdict, title: str) -> RenderableType:
    named = [one.name for one in verdict.candidates if one.named]
    answer = Text(f" {verdict.action.value.replace('_', ' ')} ", style=_STYLES[verdict.action])
    line = Text.assemble(answer, "  ", (verdict.verdict.value, "bold"), "  ", " | ".join(named))
    reasons = [Text(f"• {reason}") for reason in verdict.reasons]
    declared = () if verdict.declared is None else (Text(), declared_lines(verdict.declared))
    return Panel(Group(line, Text(), *reasons, *declared), title=title, title_align="left")


def _plots(verdict: Verdict, spectrum: Spectrum, library: Library, width: int) -> RenderableType:
    shown = curves(spectrum)
    parts: list[RenderableType] = [Text(shown.caption, style="dim")]
    parts += _curve(shown.measured, width, "cyan")
    if verdict.candidates:
        best = verdict.candidates[0]
        role = "reference" if best.named else "nearest reference, NOT named"
        parts.append(Text(f"{role}: {best.name} ({best.grade})", style="dim"))
        parts += _curve(shown.of_entry(library, best.entry), width, "green")
    parts.append(Text(shown.left + shown.right.rjust(max(width - len(shown.left), 0)), style="dim"))
    return Group(*parts)


def _curve(values: np.ndarray[tuple[int, ...], np.dtype[np.float64]], width: int, style: str) -> list[RenderableType]:
    return [Text(line, style=style) for line in braille_plot(values, width=width, height=_PLOT_HEIGHT)]


def _candidates(verdict: Verdict, *, with_shift: bool) -> Table:
    """`with_shift` adds the axis shift, which only Raman spectra have."""
    table = Table(title="Evidence", title_justify="left", box=None, padding=(0, 2, 0, 0))
    table.add_column("named", justify="center")
    for name in ("substance", "reference", "grade"):
        table.add_column(name)
    for name in ("score", "p", "axis, cm-1") if with_shift else ("score", "p"):
        table.add_column(name, justify="right")
    for one in verdict.candidates:
        table.add_row(*_candidate_row(one), *((f"{one.shift_cm1:+.1f}",) if with_shift else ()))
    return table


def _candidate_row(one: Candidate) -> tuple[str, ...]:
    return (
        "●" if one.named else "",
        one.substance,
        one.name,
        one.grade,
        f"{one.score:.3f}",
        "" if one.p_value is None else f"{one.p_value:.3f}",
    )


def _controls(verdict: Verdict) -> RenderableType:
    lines: list[RenderableType] = [Text("Controls", style="italic")]
    for one in verdict.controls:
        since = one.since or "a date not known"
        words = {"in_force": f"since {since}", "decided": f"decided, from {since}"}
        head = f"{one.regime}, {one.list_name}, {words.get(one.state, one.state)}"
        mark = Text() if one.verified else Text("  UNVERIFIED", style="yellow")
        lines.append(Text.assemble(f"{one.substance}: {head}", mark))
        if one.asks_for:
            lines.append(Padding(Text(one.asks_for, style="dim"), (0, 0, 0, 2)))
    return Group(*lines)


def _rate(kept: FalseAlarm) -> str:
    why = _NO_LESS.get(kept.trials, f"n is too small for less with {kept.entries} references")
    less = f" (asked {kept.asked:.2%}: {why})" if kept.rate > kept.asked else ""
    counted = "" if kept.substances is None else f", {kept.substances} substances"
    return f"{kept.rate:.2%}{less}, from n {kept.n} samples{counted}"


def _small_print(verdict: Verdict) -> Text:
    rate = "not stated" if verdict.false_alarm is None else _rate(verdict.false_alarm)
    return Text(
        f"library {verdict.library_name} {verdict.library_sha256[:12]}, recipe {verdict.recipe},"
        f" controls as of {verdict.at.isoformat()}, false-alarm rate {rate}",
        style="dim",
    )

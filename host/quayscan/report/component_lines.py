"""Components and detection limits for a person at a terminal."""

from __future__ import annotations

from rich.console import Group, RenderableType
from rich.table import Table
from rich.text import Text

from ..verdict import Component, Verdict

_BAR = 30
_SHOWN = 8


def component_lines(verdict: Verdict) -> RenderableType | None:
    """A table of what it is made of, and one of what would have been seen; None when the verdict has neither."""
    parts: list[RenderableType] = []
    if verdict.components:
        parts.append(_components(verdict.components))
    if verdict.detection_limits:
        title = "Controlled substances that were not found, and the share from which each would have been seen"
        parts += [Text(title, style="italic"), _limits(verdict)]
    return Group(*parts) if parts else None


def _components(components: tuple[Component, ...]) -> Table:
    table = Table(title="Made of (share of net band area)", title_justify="left", box=None, padding=(0, 2, 0, 0))
    for name in ("part", "role"):
        table.add_column(name)
    table.add_column("range", justify="right")
    table.add_column("0 to 100 %")
    for one in components:
        table.add_row(one.name, one.role, f"{one.low:.0%} to {one.high:.0%}", Text(_bar(one), style="cyan"))
    return table


def _bar(one: Component) -> str:
    """A range on a line of fixed width: dots, blocks from low to high, dots."""
    first = min(int(one.low * _BAR), _BAR - 1)
    after = max(first + 1, round(one.high * _BAR))
    return "·" * first + "█" * (after - first) + "·" * (_BAR - after)


def _limits(verdict: Verdict) -> Table:
    table = Table(box=None, padding=(0, 2, 0, 0), show_header=False)
    table.add_column(justify="right")
    table.add_column()
    for one in verdict.detection_limits[:_SHOWN]:
        table.add_row(f"{one.share:.0%}", one.name)
    more = len(verdict.detection_limits) - _SHOWN
    if more > 0:
        table.add_row("less", f"{more} others")
    return table

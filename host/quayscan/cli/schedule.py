"""`quayscan schedule`: controls by jurisdiction and date, and the gaps between them."""

from __future__ import annotations

from dataclasses import asdict
from typing import TYPE_CHECKING, Annotated

import typer

from ..errors import UsageError
from .options import AsJson, At, parse_date
from .output import print_json

if TYPE_CHECKING:
    from quayscan_spectra import ControlStatus

app = typer.Typer(no_args_is_help=True, rich_markup_mode=None)


@app.command()
def show(
    substance: Annotated[str, typer.Argument(help="Id, name, synonym or CAS number.")],
    at: At = "",
    as_json: AsJson = False,
) -> None:
    """What every regime says about SUBSTANCE on a date."""
    import quayscan_spectra

    day = parse_date(at)
    try:
        known = quayscan_spectra.substance(substance)
        statuses = quayscan_spectra.controls_at(known.id, day)
    except (quayscan_spectra.UnknownSubstance, quayscan_spectra.AmbiguousName) as exc:
        raise UsageError(str(exc)) from exc
    if not as_json:
        typer.echo(f"{known.name} ({known.id}), CAS {known.cas or 'not known'}, on {day.isoformat()}")
    for status in statuses:
        if as_json:
            print_json({"substance": known.id, "at": day.isoformat(), **asdict(status)})
            continue
        typer.echo(_line(status))
        if status.asks_for and status.state in ("in_force", "decided"):
            typer.echo(f"           {status.asks_for}")


def _line(status: ControlStatus) -> str:
    """Regime, state, list and date of one status; an unverified row says so."""
    date = status.since or "a date not known"
    words = {"in_force": f"since {date}", "ended": f"until {status.until}"}
    when = words.get(status.state, f"from {date}") if status.list else ""
    mark = "UNVERIFIED" if status.list and not status.verified else ""
    state = status.state.replace("_", " ")
    return f"  {status.regime:<8} {state:<12} {status.list:<28} {when:<24} {mark}".rstrip()


@app.command()
def gaps(
    regime: Annotated[str, typer.Option("--regime", help="The jurisdiction whose gaps are wanted, as in CN.")],
    at: At = "",
    as_json: AsJson = False,
) -> None:
    """Substances that the United Nations have decided on and REGIME does not yet control on a date."""
    import quayscan_spectra

    day = parse_date(at)
    try:
        found = quayscan_spectra.gaps(regime, day)
    except quayscan_spectra.UnknownRegime as exc:
        raise UsageError(str(exc)) from exc
    for gap in found:
        if as_json:
            print_json({"at": day.isoformat(), **asdict(gap)})
        else:
            mark = "" if gap.verified else "  UNVERIFIED"
            decided = gap.decided or gap.un_in_force or "a date not known"
            typer.echo(
                f"{gap.substance:<28} UN {gap.un_list}, decided {decided}, in force {gap.un_in_force};"
                f" {regime}: {gap.state.replace('_', ' ')}{mark}"
            )
    if not found and not as_json:
        typer.echo(f"no gap found for {regime} on {day.isoformat()}", err=True)

"""`quayscan schedule`: controls by jurisdiction and date, and the gaps between them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import asdict, fields
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from ..errors import UsageError
from .control_table import Table, open_table, sign_table
from .options import AsJson, At, parse_date
from .output import console, print_json

if TYPE_CHECKING:
    from quayscan_spectra import Change, ControlStatus, Found, Gap

app = typer.Typer(no_args_is_help=True, rich_markup_mode=None)

Csv = Annotated[Path | None, typer.Option("--csv", metavar="FILE", help="Write the rows into a CSV file as well.")]
SubstanceName = Annotated[str, typer.Argument(help="Id, name, synonym or CAS number.")]
Regime = Annotated[str, typer.Option("--regime", help="One jurisdiction, as in CN.")]


@app.command()
def show(substance: SubstanceName, at: At = "", table: Table = None, csv: Csv = None, as_json: AsJson = False) -> None:
    """What every regime says about SUBSTANCE on a date."""
    import quayscan_spectra as known

    day, law = _day(at), open_table(table)
    with _usage():
        one = known.known_or_member(substance)
        statuses = known.controls_at(one, day, table=law)
    if not as_json:
        typer.echo(_title(one, day))
    _print_statuses(statuses, {"substance": one, "at": day.isoformat()}, csv=csv, as_json=as_json)


@app.command()
def check(
    query: Annotated[str, typer.Argument(metavar="QUERY", help="CAS number, name, InChIKey, HS code or SMILES.")],
    at: At = "",
    table: Table = None,
    csv: Csv = None,
    as_json: AsJson = False,
) -> None:
    """What QUERY stands for, and what every regime says about it; class entries (esters, salts) are resolved."""
    import quayscan_spectra as known

    day, law = _day(at), open_table(table)
    with _usage():
        answers = [(found, known.statuses_of(found, day, table=law)) for found in known.look_up(query)]
    rows = [_checked(query, found, day, status) for found, statuses in answers for status in statuses]
    _export(csv, rows, columns=())
    for found, statuses in answers:
        if as_json:
            continue
        name = (
            _title(found.substance, day) if found.substance else f"{found.name}, on {day.isoformat()}: no table has it"
        )
        typer.echo(f"{name}; found by {found.found_by}")
        _print_lines(statuses)
    if as_json:
        for row in rows:
            print_json(row)


def _checked(query: str, found: Found, day: date, status: ControlStatus) -> dict[str, Any]:
    head = {"query": query, "found_by": found.found_by, "substance": found.substance, "name": found.name}
    return {**head, "at": day.isoformat(), **asdict(status)}


@app.command()
def timeline(
    substance: SubstanceName, at: At = "", table: Table = None, csv: Csv = None, as_json: AsJson = False
) -> None:
    """Each regime's dates for SUBSTANCE, as a chart; the state is that of the date asked about."""
    import quayscan_spectra as known

    day, law = _day(at), open_table(table)
    with _usage():
        one = known.known_or_member(substance)
        statuses = known.timeline(one, day, table=law)
    if as_json or csv:
        _print_statuses(statuses, {"substance": one, "at": day.isoformat()}, csv=csv, as_json=as_json, quiet=True)
    if as_json:
        return
    from ..report.timeline_chart import timeline_chart, timeline_sources

    screen = console()
    screen.print(_title(one, day))
    for line in timeline_chart(statuses, day, width=screen.width):
        screen.print(line)
    for source in timeline_sources(statuses):
        screen.print(source)


@app.command()
def gaps(regime: Regime, at: At = "", table: Table = None, csv: Csv = None, as_json: AsJson = False) -> None:
    """Substances that the United Nations have decided on and REGIME does not yet control on a date."""
    import quayscan_spectra as known

    day, law = _day(at), open_table(table)
    with _usage():
        found = known.gaps(regime, day, table=law)
    rows = [{"at": day.isoformat(), **asdict(gap)} for gap in found]
    _export(csv, rows, columns=("at", *(one.name for one in fields(known.Gap))))
    for gap, row in zip(found, rows, strict=True):
        if as_json:
            print_json(row)
        else:
            typer.echo(_gap_line(gap))
            typer.echo(f"  source: {gap.source}")
    if not found and not as_json:
        typer.echo(f"no gap found for {regime} on {day.isoformat()}", err=True)


def _gap_line(gap: Gap) -> str:
    decided = gap.decided or gap.un_in_force or "a date not known"
    later = f" until {gap.since}{'' if gap.since_verified else ' (UNVERIFIED)'}" if gap.since else ""
    unverified = "" if gap.verified else "  UNVERIFIED"
    return (
        f"{gap.substance:<28} UN {gap.un_list}, decided {decided}, in force {gap.un_in_force};"
        f" {gap.regime}: {gap.state.replace('_', ' ')}{later}{unverified}"
    )


@app.command()
def diff(
    first: Annotated[str, typer.Option("--from", metavar="DATE", help="The first date.")],
    last: Annotated[str, typer.Option("--to", metavar="DATE", help="The second date. Default: today here.")] = "",
    regime: Annotated[str, typer.Option("--regime", help="One jurisdiction, as in CN. Default: all.")] = "",
    table: Table = None,
    csv: Csv = None,
    as_json: AsJson = False,
) -> None:
    """What changed on the lists between two dates."""
    import quayscan_spectra as known

    begins, ends, law = _day(first), _day(last), open_table(table)
    if begins > ends:
        raise UsageError(f"--from {begins} lies after --to {ends}: lists change forward in time, exchange the two")
    with _usage():
        found = known.changes(begins, ends, regime=regime, table=law)
    rows = [asdict(change) for change in found]
    _export(csv, rows, columns=tuple(one.name for one in fields(known.Change)))
    for change, row in zip(found, rows, strict=True):
        if as_json:
            print_json(row)
        else:
            typer.echo(_change_line(change))
            typer.echo(f"  source: {change.source}")
    if not found and not as_json:
        typer.echo(f"no change found between {begins.isoformat()} and {ends.isoformat()}", err=True)


def _change_line(change: Change) -> str:
    from ..report.control_lines import mark

    before, after = change.before.replace("_", " "), change.after.replace("_", " ")
    when = f"until {change.until}" if change.after == "ended" else f"from {change.since or 'a date not known'}"
    head = f"{change.regime:<8} {change.substance:<28} {change.list}: {before} -> {after}, {when}"
    return f"{head}  {mark(change)}".rstrip()


@app.command()
def sign(file: Annotated[Path, typer.Argument(metavar="FILE", help="An updated control table (CSV).")]) -> None:
    """Check every row of an updated control table and sign it with this host's key."""
    typer.echo(f"{sign_table(file)}: signature of {file.name}")


def _print_statuses(
    statuses: Sequence[ControlStatus],
    head: Mapping[str, Any],
    *,
    csv: Path | None,
    as_json: bool,
    quiet: bool = False,
) -> None:
    rows = [{**head, **asdict(status)} for status in statuses]
    _export(csv, rows, columns=())
    if as_json:
        for row in rows:
            print_json(row)
    elif not quiet:
        _print_lines(statuses)


def _print_lines(statuses: Sequence[ControlStatus]) -> None:
    from ..report.control_lines import status_lines

    for status in statuses:
        for line in status_lines(status):
            typer.echo(line)


def _export(path: Path | None, rows: Sequence[Mapping[str, Any]], *, columns: Sequence[str]) -> None:
    """Write the rows where a CSV file was asked for; `columns` names them where there may be none."""
    if path is None:
        return
    from ..report.csv_rows import write_csv

    write_csv(path, columns or tuple(rows[0]), rows)


def _title(identifier: str, day: date) -> str:
    import quayscan_spectra as known

    cas = known.cas_of(identifier) or "not known"
    return f"{known.name_of(identifier)} ({identifier}), CAS {cas}, on {day.isoformat()}"


def _day(text: str) -> date:
    """A date; a year alone is its last day, as it is for the lists."""
    return date(int(text), 12, 31) if re.fullmatch(r"[1-9]\d{3}", text, re.ASCII) else parse_date(text)


@contextmanager
def _usage() -> Iterator[None]:
    """What is wrong with the question becomes a usage error."""
    import quayscan_spectra as known

    wrong = (known.UnknownSubstance, known.UnknownRegime, known.BadStructure, known.ChemistryMissing)
    try:
        yield
    except wrong as exc:
        raise UsageError(str(exc)) from exc

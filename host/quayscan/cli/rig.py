"""`quayscan rig`: prove a board on a rig, virtual or real."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from ..errors import UsageError
from .output import is_terminal

if TYPE_CHECKING:
    from collections.abc import Sequence

    from ..rig import CaseResult, RigSpec, Summary

app = typer.Typer(no_args_is_help=True, rich_markup_mode=None)

RigName = Annotated[str, typer.Option("--rig", help="sim:raman785, sim:nir1700, or a rig's TOML file.", metavar="RIG")]
Report = Annotated[
    Path | None, typer.Option("--report", metavar="DIR", help="Write junit.xml, report.json (signed) and report.html.")
]
Seeds = Annotated[int, typer.Option("--seeds", min=1, max=1000, help="Times that each fault is tried, each otherwise.")]
FirstSeed = Annotated[int, typer.Option("--seed", min=0, help="The first seed: the same one gives the same faults.")]
Groups = Annotated[str, typer.Option("--only", metavar="GROUPS", help="Comma-separated: function, fault, metrology.")]
Names = Annotated[
    str, typer.Option("--case", metavar="NAMES", help="Comma-separated cases; `quayscan rig list` has them.")
]


@app.command("run")
def run(
    rig: RigName = "sim:raman785",
    report: Report = None,
    seeds: Seeds = 1,
    seed: FirstSeed = 0,
    only: Groups = "",
    case: Names = "",
) -> None:
    """Run every case on a rig. Exit code 1: the board broke something that must hold; it is named."""
    from ..rig import chosen_cases, parse_rig, run_rig, summarise, summary_lines

    spec = parse_rig(rig)
    cases = chosen_cases(_words(only), _words(case))
    if report is not None:
        _require_report(report)
    started, results = datetime.now(UTC), []
    for result in run_rig(spec, cases, range(seed, seed + seeds), _ask if is_terminal() else None):
        results.append(result)
        _print(result)
    summary = summarise(results)
    for line in summary_lines(summary):
        typer.echo(line)
    if report is not None:
        _write(report, spec, started, results, summary)
    if not summary.passed:
        raise typer.Exit(1)


@app.command("list")
def list_cases() -> None:
    """Every case: its group and name, what is done, what must hold, what the rig needs for it."""
    from ..rig import CASES

    for case in CASES:
        needs = f" [needs {', '.join(sorted(case.needs))}]" if case.needs else ""
        typer.echo(f"{case.group:<10} {case.name:<18} {case.injected}: {case.invariant}{needs}")


@app.command("verify")
def verify(report: Annotated[Path, typer.Argument(metavar="FILE", help="The report.json of a run.")]) -> None:
    """Check a report's signature, and say who signed it and whether this host believes that key.

    Exit code 1: the key is not known here.
    """
    from ..keys import fingerprint, is_trusted
    from ..rig import read_signed

    try:
        found, public = read_signed(report.read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError) as exc:
        raise UsageError(f"{report}: cannot be read ({exc}): give the report.json of a run") from exc
    trusted = is_trusted(public)
    about, word = found["about"], "passed" if found["summary"]["passed"] else "failed"
    typer.echo(f"{about['board']} on {about['rig']} {word}, {about['started_at']}")
    typer.echo(f"signed by {fingerprint(public)}, {'a key that this host believes' if trusted else 'an unknown key'}")
    if not trusted:
        raise typer.Exit(1)


def _words(text: str) -> list[str]:
    return [part.strip() for part in text.split(",") if part.strip()]


def _ask(what: str) -> None:
    typer.prompt(f"{what} and press Enter", default="", show_default=False, err=True)


def _print(result: CaseResult) -> None:
    word = {"passed": "ok", "failed": "FAIL", "skipped": "skip"}[result.outcome]
    figure = ""
    if result.measured is not None and result.limit is not None:
        figure = f"{result.measured:.3g}, at most {result.limit:g} {result.unit}: "
    typer.echo(f"{word:<5}{result.seed:>4} {result.name:<18} {figure}{result.finding}")


def _require_report(folder: Path) -> None:
    """Know before a long run that its papers can be written.

    Raises
    ------
    UsageError
        They cannot.
    """
    from ..rig.report.plots import require_drawing

    require_drawing()
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as exc:
        raise UsageError(f"--report {folder}: {exc.strerror}: name a folder that can be made") from exc


def _write(folder: Path, spec: RigSpec, started: datetime, results: Sequence[CaseResult], summary: Summary) -> None:
    from importlib.metadata import version

    from ..keys import host_key
    from ..rig import html_page, junit_xml, signed_json

    about = {
        "rig": spec.name,
        "board": spec.board,
        "started_at": started.isoformat(timespec="seconds"),
        "ended_at": datetime.now(UTC).isoformat(timespec="seconds"),
        "quayscan": version("quayscan"),
    }
    papers = {
        "junit.xml": junit_xml(spec.name, results),
        "report.json": signed_json(about, results, summary, host_key()),
        "report.html": html_page(about, results, summary),
    }
    for name, text in papers.items():
        try:
            (folder / name).write_text(text, encoding="utf-8")
        except OSError as exc:
            raise UsageError(f"--report {folder / name}: {exc.strerror}: free some space, or name another") from exc
    typer.echo(f"report: {folder / 'report.html'}")

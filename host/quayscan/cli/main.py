"""`quayscan`: the command line's entry, its exit codes, and the last catch of errors.

Exit codes: 0 done, 1 a check ran and failed, 2 usage, 3 device or link, 4 bad input, 5 safety fault.
"""

from __future__ import annotations

import os
import sys
from typing import Annotated

import typer

from ..errors import QuayscanError
from . import convert, device, identify, library, records, rig, scan, schedule
from .output import complain

app = typer.Typer(
    name="quayscan",
    help="Open port-inspection spectrometer: what is this, may it pass here, how sure are we.",
    no_args_is_help=True,
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
    add_completion=False,
)
app.command("scan")(scan.scan)
app.command("identify")(identify.identify)
app.command("convert")(convert.convert)
app.add_typer(library.app, name="library", help="Reference libraries: list, show, build, measure, check, sign, export.")
app.add_typer(schedule.app, name="schedule", help="Controls by jurisdiction and date, and the gaps between them.")
app.add_typer(records.app, name="records", help="Stored records: list, show, check the chain.")
app.add_typer(device.app, name="device", help="Devices: list, info, calibrate, provision, sync and more.")
app.add_typer(rig.app, name="rig", help="Prove a board on a rig: functions, faults, metrology; the virtual bench too.")


def _version(value: bool) -> None:
    if value:
        from importlib.metadata import version

        typer.echo(f"quayscan {version('quayscan')}")
        raise typer.Exit()


@app.callback()
def _root(
    version: Annotated[
        bool, typer.Option("--version", callback=_version, is_eager=True, help="Print the version and end.")
    ] = False,
) -> None:
    """Open port-inspection spectrometer: what is this, may it pass here, how sure are we."""


def main() -> None:
    """Run the command line and leave with its exit code."""
    os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")  # before NumPy is loaded: also in threads other than the first
    try:
        app()
    except QuayscanError as exc:
        complain(str(exc))
        sys.exit(exc.exit_code)
    except BrokenPipeError:  # the reader of our output went away: nothing is left to say
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        sys.exit(0)

"""`python -m quayscan_spectra.insilico`: compute one molecule, work through the queue, or fit the scaling anew."""

import argparse
import subprocess
from importlib.resources import files
from pathlib import Path

from .computed import ComputedBands, compute, default_work_dir
from .progress import Progress
from .run_queue import run_queue
from .scaling_fit import refit

TABLES = Path(str(files("quayscan_spectra").joinpath("tables")))
_TABLE_NAMES = ("queue.csv", "computed.csv", "computed_bands.csv")


def _say(text: str) -> None:
    print(text, flush=True)


def _progress(step: Progress) -> None:
    left = "" if step.seconds_left is None else f", about {step.seconds_left / 60:.1f} min left"
    _say(f"{step.done}/{step.total} {step.stage}{left}")


def _show(one: ComputedBands) -> None:
    _say(f"{one.id}: {one.smiles}, charge {one.charge}, {one.model}, {one.atoms} atoms\n{one.method}\n{one.versions}")
    _say(f"conformers: {one.conformers}; imaginary: {one.imaginary_cm1 or 'none'}; doubt: {one.doubt or 'none'}")
    _say("  shift/cm-1    height  harmonic")
    for band in one.bands:
        _say(f"{band.shift_cm1:12.1f} {band.height:9.2f} {band.harmonic_cm1:9.1f}")


def _commit(tables: Path, identifier: str) -> None:
    """Commits the tables by themselves; a failure is told and the queue goes on."""
    paths = [str(tables / name) for name in _TABLE_NAMES if (tables / name).is_file()]
    message = f"library: compute {identifier}"
    for command in (["add", *paths], ["commit", "--quiet", "-m", message, "--", *paths]):
        result = subprocess.run(["git", "-C", str(tables), *command], capture_output=True, text=True, check=False)
        if result.returncode:
            _say(f"git {command[0]}: {result.stderr.strip() or result.stdout.strip()}")


def _run(arguments: argparse.Namespace) -> None:
    _show(compute(arguments.what, work_dir=arguments.work, on_progress=_progress))


def _queue(arguments: argparse.Namespace) -> None:
    def finished(identifier: str) -> None:
        if arguments.commit:
            _commit(arguments.tables, identifier)

    count = run_queue(arguments.tables, arguments.work, arguments.hours, _say, finished)
    _say(f"{count} finished")


def _scale(arguments: argparse.Namespace) -> None:
    _say(refit(arguments.tables))


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m quayscan_spectra.insilico", description=__doc__)
    parser.add_argument("--work", type=Path, default=default_work_dir(), help="where finished steps are kept")
    parser.add_argument("--tables", type=Path, default=TABLES, help="the folder of the tables")
    commands = parser.add_subparsers(required=True)
    run = commands.add_parser("run", help="compute one molecule and print its bands")
    run.add_argument("what", help="a row of the queue, a substance or a SMILES")
    run.set_defaults(function=_run)
    queue = commands.add_parser("queue", help="compute what is queued, each finished one into the tables")
    queue.add_argument("--hours", type=float, default=8.0, help="begin no further molecule after so many hours")
    queue.add_argument("--commit", action="store_true", help="commit the tables after each molecule")
    queue.set_defaults(function=_queue)
    scale = commands.add_parser("scale", help="fit the scaling to what is both computed and measured")
    scale.set_defaults(function=_scale)
    return parser


def main() -> None:
    """Run one command."""
    arguments = _parser().parse_args()
    arguments.function(arguments)


if __name__ == "__main__":
    main()

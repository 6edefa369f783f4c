"""`quayscan scan`: measure once and say what it is."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from ..errors import QuayscanError, UsageError
from .choose_port import Device, choose_port
from .options import (
    DEFAULT_PORT,
    AsJson,
    At,
    FalseAlarmRate,
    Jurisdiction,
    LibraryFile,
    Port,
    load_library,
    parse_request,
)
from .output import complain, console, is_terminal, print_json
from .scan_auto import DEFAULT_BUDGET_S, Auto, Budget, Delay, found_text, with_auto
from .wall import WallFile, WallFirst, measure_wall, read_wall

if TYPE_CHECKING:
    from ..device import DeviceClient, Progress, ScanSettings
    from ..link import Link
    from ..pipeline import Request, ScanResult

_STAGE_WORDS = {
    "idle": "starting",
    "delay": "countdown, 0.1 s",
    "probe": "LIGHT ON in pulses: exposure",
    "dark": "dark frames, light off",
    "warning": "WARNING: light in a moment",
    "light": "LIGHT ON",
    "settle": "LIGHT ON or fading: it settles",
    "white": "LIGHT ON: the white tile",
    "transfer": "transfer",
}

ExposureMs = Annotated[float, typer.Option("--exposure-ms", help="One frame. Default: the board's.")]
Averages = Annotated[int, typer.Option("--averages", help="Frames. Default: the board's.")]
LaserMw = Annotated[float, typer.Option("--laser-mw", help="Light power. Default: the board's.")]
Seed = Annotated[int | None, typer.Option("--seed", help="sim: seed of the bench. Default: random.")]

INTERRUPTED = "interrupted by the operator; the light is off"

FORBIDDEN = "Do not scan"
"""How the table begins a warning that forbids the scan; the others only ask for care."""


def scan(
    port: Port = DEFAULT_PORT,
    uid: Device = "",
    sample: Annotated[
        str, typer.Option("--sample", metavar="NAME", help="sim: what the bench holds. Else: a label for the record.")
    ] = "",
    jurisdiction: Jurisdiction = "",
    at: At = "",
    false_alarm: FalseAlarmRate = None,
    library: LibraryFile = None,
    exposure_ms: ExposureMs = 0.0,
    averages: Averages = 0,
    laser_mw: LaserMw = 0.0,
    auto: Auto = False,
    budget: Budget = DEFAULT_BUDGET_S,
    delay: Delay = 0.0,
    seed: Seed = None,
    declared: Annotated[
        str,
        typer.Option(
            "--declared",
            metavar="GOODS",
            help="What the papers say: a name, CAS number or HS code. Warns of what a laser must not hit.",
        ),
    ] = "",
    despite_warning: Annotated[
        bool, typer.Option("--despite-warning", help="Scan although the declared goods must not be scanned.")
    ] = False,
    override: Annotated[
        str,
        typer.Option("--override", metavar="NAME", help="Who answers for a scan with a device that failed its check."),
    ] = "",
    clear: Annotated[
        bool, typer.Option("--clear", help="Re-arm a device that latched a fault. Remove the cause first.")
    ] = False,
    wall: WallFile = None,
    wall_first: WallFirst = False,
    capture: Annotated[
        Path | None, typer.Option("--capture", help="Write the session to FILE for replay:FILE.")
    ] = None,
    as_json: AsJson = False,
) -> None:
    """Measure once, say what it is and which controls apply, and store the record."""
    from ..record import RecordStore, records_path

    if wall is not None and wall_first:
        raise UsageError("--wall and --wall-first: give one of them")
    request = replace(parse_request(jurisdiction, at, false_alarm), declared=declared, wall=read_wall(wall))
    chosen = load_library(library)
    warn_before_light(declared, despite_warning)
    with (
        _told_in_json(sample, as_json),
        RecordStore(records_path()) as store,
        _client(_open(choose_port(port, uid), sample, seed, capture)) as device,
    ):
        from .. import pipeline

        shown = sample or str(device.link.details.get("sample", ""))
        settings = scan_settings(device, exposure_ms, averages, laser_mw)
        settings = with_auto(settings, exposure_ms, averages, auto=auto, budget_s=budget, delay_s=delay)
        for earlier in pipeline.recover(device, chosen, request=request, store=store):
            _print(earlier, chosen, device, "", as_json)

        def measure(name: str, asked: Request) -> ScanResult:
            with show_progress(as_json) as on_progress:
                result = pipeline.scan(
                    device,
                    chosen,
                    request=asked,
                    settings=settings,
                    store=store,
                    sample=name,
                    override=override,
                    clear=clear,
                    on_progress=on_progress,
                )
            _print(result, chosen, device, name, as_json)
            return result

        if wall_first:
            empty = measure_wall(lambda name: measure(name, replace(request, declared="")), shown)
            request = replace(request, wall=empty.spectrum)
        measure(shown, request)


@contextmanager
def _told_in_json(sample: str, as_json: bool) -> Iterator[None]:
    """A row for a scan that ended without a verdict, so that whoever reads the rows misses none."""
    try:
        yield
    except (QuayscanError, KeyboardInterrupt) as exc:
        if as_json and not isinstance(exc, UsageError):
            from ..report import error_json

            interrupted = isinstance(exc, KeyboardInterrupt)
            print_json(error_json(INTERRUPTED if interrupted else str(exc), sample=sample))
        raise


def warn_before_light(declared: str, despite_warning: bool) -> None:
    """Say what the laser could do to the declared goods, before anything is armed.

    Raises
    ------
    UsageError
        They must not be scanned, and nobody insisted.
    """
    import quayscan_spectra

    warning = quayscan_spectra.scan_warning(declared) if declared else ""
    if warning.startswith(FORBIDDEN) and not despite_warning:
        raise UsageError(f"declared {declared!r}: {warning} Nothing was scanned; --despite-warning insists.")
    if warning:
        complain(f"declared {declared!r}: {warning}")


def _open(port: str, sample: str, seed: int | None, capture: Path | None) -> Link:
    from ..link import CaptureLink, open_link

    sim_options: dict[str, Any] = {"sample": sample or None, "seed": seed} if port.startswith("sim:") else {}
    link = open_link(port, **sim_options)
    if capture is None:
        return link
    try:
        return CaptureLink(link, capture)
    except QuayscanError:
        link.close()
        raise


def _client(link: Link) -> DeviceClient:
    from ..device import DeviceClient

    return DeviceClient(link)


def scan_settings(device: DeviceClient, exposure_ms: float, averages: int, laser_mw: float) -> ScanSettings:
    """The options' exposure; the board's own where they are 0."""
    from ..device import ScanSettings
    from ..pipeline import default_settings

    if not 0 <= exposure_ms < 4.2e6:
        raise UsageError(f"--exposure-ms {exposure_ms}: give a number from 0.001 to 4,200,000")
    default = default_settings(device.info.board)
    check_power(device.info.board, laser_mw)
    return ScanSettings(
        exposure_us=max(round(exposure_ms * 1000), 1) if exposure_ms else default.exposure_us,
        averages=averages or default.averages,
        laser_mw=laser_mw,
    )


def check_power(board: str, laser_mw: float) -> None:
    """Refuse a power that a board cannot give, or cannot watch; 0 is its default.

    Raises
    ------
    UsageError
        Names the range.
    """
    from quayscan_hardware import load_board

    light = load_board(board).light
    if laser_mw and not light.least_mw <= laser_mw <= light.max_mw:
        raise UsageError(
            f"--laser-mw {laser_mw:g}: give {light.least_mw:g} to {light.max_mw:g} for {board};"
            " its photodiode cannot watch less"
        )


@contextmanager
def show_progress(as_json: bool) -> Iterator[Callable[[Progress], None]]:
    """A progress line on stderr for a person; nothing for a program."""
    if as_json or not is_terminal():
        yield lambda progress: None
        return
    from rich.progress import BarColumn, TextColumn, TimeElapsedColumn
    from rich.progress import Progress as Bar

    with Bar(
        TextColumn("{task.description:<28}"),
        BarColumn(),
        TextColumn("{task.completed}/{task.total}"),
        TimeElapsedColumn(),
        console=console(stderr=True),
        transient=True,
    ) as bar:
        task = bar.add_task("starting", total=1)

        def show(progress: Progress) -> None:
            words = _STAGE_WORDS[progress.stage]
            bar.update(task, description=words, completed=progress.done, total=progress.total or 1)

        yield show


def _print(result: ScanResult, library: Any, device: DeviceClient, sample: str, as_json: bool) -> None:
    if as_json:
        from ..report import verdict_json

        print_json(verdict_json(result.verdict, sample=sample, record=result.record, device=dict(result.device)))
        return
    from ..report.terminal import show_verdict

    title = f"{sample or 'scan'} on {device.link.name}, record {result.record}"
    show_verdict(console(), result.verdict, result.spectrum, library, title=title)
    if found := found_text(result.exposure):
        console().print(found, style="dim")

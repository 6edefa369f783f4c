"""`quayscan device calibrate`: axis, laser and response of one device, measured or from files."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from ..errors import UsageError
from .choose_port import choose_port
from .device_measure import Go, Probe, named_standard
from .options import DEFAULT_PORT, AsJson, Port
from .output import print_json
from .scan import Averages, ExposureMs, LaserMw, Seed

if TYPE_CHECKING:
    from quayscan_spectra.calibration_lines import ShiftStandard

    from ..calibrate import Calibration
    from ..calibrate.fit import Measured, Start


def calibrate(
    port: Port = DEFAULT_PORT,
    standard: Annotated[
        str, typer.Option("--standard", metavar="NAME[=FILE]", help="A Raman shift standard of ASTM E1840.")
    ] = "polystyrene",
    with_srm: Annotated[bool, typer.Option("--with-srm", help="Measure NIST SRM 2241 too, for the response.")] = False,
    neon: Annotated[Path | None, typer.Option("--neon", metavar="FILE", help="Neon counts over pixels.")] = None,
    srm: Annotated[Path | None, typer.Option("--srm", metavar="FILE", help="SRM 2241 counts over pixels.")] = None,
    uid: Annotated[
        str, typer.Option("--device", metavar="UID", help="Which of several devices, or whose the files are.")
    ] = "",
    range_nm: Annotated[
        str, typer.Option("--range-nm", metavar="FIRST:LAST", help="Rough range, for files that state no axis.")
    ] = "",
    laser_nm: Annotated[float, typer.Option("--laser-nm", help="Nominal laser, with --range-nm.")] = 785.0,
    valid_days: Annotated[int, typer.Option("--valid-days", min=1, max=3650, help="Until it expires.")] = 365,
    exposure_ms: ExposureMs = 0.0,
    averages: Averages = 0,
    laser_mw: LaserMw = 0.0,
    seed: Seed = None,
    yes: Go = False,
    as_json: AsJson = False,
) -> None:
    """Calibrate a device with a neon lamp, a Raman shift standard and, if there is one, SRM 2241; or from files."""
    from ..calibrate import DeviceState, save_state
    from ..calibrate.fit import fit_calibration

    name, _, file = standard.partition("=")
    chosen = named_standard(name)
    board = ""
    if neon is not None:
        measured, start = _from_files(neon, file, srm, range_nm, laser_nm)
    elif file or srm or range_nm:
        raise UsageError("--standard NAME=FILE, --srm and --range-nm belong to --neon FILE: give it too")
    else:
        probe = Probe(
            choose_port(port, uid), exposure_ms, averages, laser_mw, seed, ask=not (yes or as_json), quiet=as_json
        )
        measured, start, uid, board = _from_device(probe, chosen, with_srm)
    now = datetime.now(UTC)
    found = fit_calibration(measured, start, chosen, uid=uid, board=board, now=now, valid_days=valid_days)
    path = save_state(DeviceState(calibration=found)) if uid else None
    _show(found, path, as_json)


def _from_device(probe: Probe, standard: ShiftStandard, with_srm: bool) -> tuple[Measured, Start, str, str]:
    """What was measured, where to begin, and the device's uid and board."""
    from quayscan_hardware import load_board

    from ..calibrate.fit import Measured, start_from

    uid, board_name, neon = probe.lamp()
    counts = probe.sample(standard.name, standard.title, uid)
    glass = probe.sample("srm2241", "the glass SRM 2241", uid) if with_srm else None
    board = load_board(board_name)
    start = start_from(board.optics.wavelength_nm, board.detector.pixels, board.light.wavelength_nm)
    return Measured(neon=neon, standard=counts, glass=glass), start, uid, board_name


def _from_files(neon: Path, standard: str, srm: Path | None, range_nm: str, laser_nm: float) -> tuple[Measured, Start]:
    """What the files hold, and where to begin."""
    from ..calibrate.fit import Measured
    from ..calibrate.pixel_file import read_pixels

    if not standard:
        raise UsageError("--neon FILE needs the standard's file too: --standard polystyrene=FILE")
    lamp, sample = read_pixels(neon), read_pixels(standard)
    glass = None if srm is None else read_pixels(srm).counts
    start = _start(range_nm, laser_nm) or lamp.start or sample.start
    if start is None:
        raise UsageError(f"{neon} states no axis to begin with: give --range-nm FIRST:LAST and --laser-nm")
    return Measured(neon=lamp.counts, standard=sample.counts, glass=glass), start


def _start(range_nm: str, laser_nm: float) -> Start | None:
    from ..calibrate.fit import start_from_ends

    if not range_nm:
        return None
    first, _, last = range_nm.partition(":")
    try:
        ends = float(first), float(last)
    except ValueError:
        raise UsageError(f"--range-nm {range_nm}: give the wavelengths of first and last pixel, as 780:1050") from None
    if not 100 < ends[0] < ends[1] < 5000 or not 100 < laser_nm < ends[1]:
        raise UsageError(f"--range-nm {range_nm} with a laser of {laser_nm:g} nm: give rising nm, as 780:1050")
    return start_from_ends(*ends, laser_nm)


def _show(found: Calibration, path: Path | None, as_json: bool) -> None:
    if as_json:
        from ..calibrate import calibration_id, calibration_json

        saved = None if path is None else str(path)
        print_json({**calibration_json(found), "sha256": calibration_id(found), "saved": saved})
        return
    from ..report.calibration_page import calibration_lines

    for line in calibration_lines(found):
        typer.echo(line)
    typer.echo(f"saved in {path}" if path else "not saved: --device says which device the files are of")

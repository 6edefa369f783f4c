"""`quayscan device check`: does the standard still lie where the calibration says?"""

from __future__ import annotations

from dataclasses import asdict, replace
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Annotated

import typer

from ..errors import UsageError
from .choose_port import Device, choose_port
from .device_measure import Go, Probe, named_standard
from .options import DEFAULT_PORT, AsJson, Port
from .output import print_json
from .scan import Averages, ExposureMs, LaserMw, Seed

if TYPE_CHECKING:
    from ..calibrate import Check


def check(
    port: Port = DEFAULT_PORT,
    device: Device = "",
    standard: Annotated[
        str, typer.Option("--standard", metavar="NAME", help="A Raman shift standard of ASTM E1840.")
    ] = "polystyrene",
    exposure_ms: ExposureMs = 0.0,
    averages: Averages = 0,
    laser_mw: LaserMw = 0.0,
    seed: Seed = None,
    yes: Go = False,
    as_json: AsJson = False,
) -> None:
    """Check a calibrated device against a standard and store the result. Exit code 1: it failed, and scans no more."""
    from ..calibrate import load_state, save_state
    from ..calibrate.check_axis import check_axis

    chosen = named_standard(standard)
    probe = Probe(
        choose_port(port, device), exposure_ms, averages, laser_mw, seed, ask=not (yes or as_json), quiet=as_json
    )
    uid = probe.uid()
    state = load_state(uid)
    if state is None:
        raise UsageError(
            f"device {uid} was never calibrated on this host: run `quayscan device calibrate --port {port}`"
        )
    counts = probe.sample(chosen.name, chosen.title, uid)
    done = check_axis(counts, state.calibration, chosen, now=datetime.now(UTC))
    save_state(replace(state, check=done))
    if as_json:
        print_json({"uid": uid, **asdict(done), "at": done.at.isoformat()})
    else:
        _show(done, chosen.title)
    if not done.passed:
        raise typer.Exit(1)


def _show(done: Check, title: str) -> None:
    for line, error in zip(done.line_cm1, done.error_cm1, strict=True):
        typer.echo(f"{line:8.1f} cm-1  {error:+6.2f}")
    word = "passed" if done.passed else "FAILED: calibrate the device before it scans again"
    typer.echo(f"{title}: worst {done.worst_cm1:+.2f} cm-1, {done.limit_cm1:g} are allowed: {word}")

"""`quayscan library acquire`: measure a reference with the device and add it to a library file."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Annotated

import typer

from .library_make import Expires, finish, grown
from .options import DEFAULT_PORT, AsJson, Port
from .scan import Averages, ExposureMs, LaserMw, Seed, scan_settings, show_progress, warn_before_light


def acquire(
    substance: Annotated[str, typer.Argument(metavar="SUBSTANCE", help="Name, synonym or CAS number of what is held.")],
    library: Annotated[Path, typer.Option("--library", metavar="FILE", help="The library to add to; made if missing.")],
    port: Port = DEFAULT_PORT,
    repeats: Annotated[int, typer.Option("--repeats", min=1, max=99, help="Times to measure; joined into one.")] = 1,
    sample: Annotated[str, typer.Option("--sample", help="sim: what the bench holds. Default: SUBSTANCE.")] = "",
    exposure_ms: ExposureMs = 0.0,
    averages: Averages = 0,
    laser_mw: LaserMw = 0.0,
    seed: Seed = None,
    despite_warning: Annotated[
        bool, typer.Option("--despite-warning", help="Measure although SUBSTANCE must not be scanned.")
    ] = False,
    expires: Expires = "",
    as_json: AsJson = False,
) -> None:
    """Measure a reference with the device, check that it is good enough, and add it to a library file."""
    from .. import pipeline
    from ..curate import acquire as measure
    from ..library import default_library

    warn_before_light(substance, despite_warning)
    held = sample or ("" if "sample=" in port else substance)  # what the port names is what lies there
    sim = {**({"sample": held} if held else {}), "seed": seed} if port.startswith("sim:") else {}
    with pipeline.open_device(port, **sim) as device, show_progress(as_json) as on_progress:
        entries = measure(
            device,
            substance,
            settings=scan_settings(device, exposure_ms, averages, laser_mw),
            on=date.today(),
            second=default_library(),
            repeats=repeats,
            on_progress=on_progress,
        )
    finish(library, grown(library, entries, expires, strict=False), as_json)

"""`quayscan device sync`: bring in all that a device holds, and what it knows to be lost."""

from __future__ import annotations

from typing import TYPE_CHECKING

import typer

from .choose_port import Device, choose_port
from .options import DEFAULT_PORT, AsJson, At, Jurisdiction, LibraryFile, Port, load_library, parse_request
from .output import complain, print_json

if TYPE_CHECKING:
    from ..device import Journal
    from ..pipeline import ScanResult


def sync(
    port: Port = DEFAULT_PORT,
    uid: Device = "",
    jurisdiction: Jurisdiction = "",
    at: At = "",
    library: LibraryFile = None,
    as_json: AsJson = False,
) -> None:
    """Fetch every exposure that waits, in memory or in flash; decide and record each; then let the device forget it."""
    from ..device import loss_text
    from ..pipeline import open_device, recover
    from ..record import RecordStore, records_path

    request = parse_request(jurisdiction, at)
    chosen = load_library(library)
    done = 0
    with RecordStore(records_path()) as store, open_device(choose_port(port, uid)) as device:
        for result in recover(device, chosen, request=request, store=store):
            _tell(result, as_json)
            done += 1
        told = device.journal()
        if told.lost:
            _tell_loss(told, loss_text(told), as_json)
            device.forget_losses(told)
    if not as_json:
        typer.echo(f"{done} recorded, nothing left on the device")


def _tell(result: ScanResult, as_json: bool) -> None:
    exposure, verdict = result.exposure, result.verdict
    if as_json:
        from ..report import verdict_json

        print_json(
            verdict_json(verdict, sample=result.spectrum.title, record=result.record, device=dict(result.device))
        )
        return
    names = " | ".join(one.name for one in verdict.candidates if one.named)
    trust = "authenticated" if exposure.authenticated else "UNAUTHENTICATED"
    typer.echo(
        f"record {result.record:<5} {verdict.action.value:<20} {verdict.verdict.value:<11} {names:<28}"
        f" {exposure.mode}, {trust}, uptime {exposure.uptime_ms / 1000:.0f} s"
    )


def _tell_loss(told: Journal, text: str, as_json: bool) -> None:
    complain(text)
    if as_json:
        print_json({"lost": told.lost, "lost_sequence": told.lost_sequence, "lost_id": told.lost_id})

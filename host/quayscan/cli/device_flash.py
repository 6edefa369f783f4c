"""`quayscan device flash`: a new program for a device."""

from __future__ import annotations

from dataclasses import asdict
from typing import Annotated

import typer

from ..errors import UsageError
from .choose_port import Device, choose_port
from .options import AsJson
from .output import complain, print_json


def flash(
    port: Annotated[str, typer.Option("--port", metavar="PORT", help="The device's serial port.")],
    uid: Device = "",
    board: Annotated[
        str, typer.Option("--board", metavar="NAME", help="Which board it is, for one that does not know yet.")
    ] = "",
    restore: Annotated[bool, typer.Option("--restore", help="Bring back the program that it had before.")] = False,
    yes: Annotated[bool, typer.Option("--yes", help="Do it; without this nothing is done.")] = False,
    as_json: AsJson = False,
) -> None:
    """Put the device program on a board and verify it there. If it gives no HELLO, the one before comes back."""
    from quayscan_hardware import board_names

    from .. import flash as flashing

    if port.startswith(("sim:", "replay:")):
        raise UsageError(f"{port} has no flash: name the serial port of a real board")
    if board and board not in board_names():
        raise UsageError(f"--board {board}: choose one of {', '.join(board_names())}")
    if not yes:
        raise UsageError("this erases the device's key and changes its program: add --yes, and provision it afterwards")
    port = choose_port(port, uid)
    if restore:
        done = flashing.restore(port)
    else:
        done = flashing.flash(port, flashing.build_image(), board=board, on_progress=complain)
    if as_json:
        print_json({"port": port, "sha256": done.sha256, **asdict(done.info)})
    else:
        typer.echo(
            f"{done.info.board} {done.info.uid} runs firmware {done.info.firmware} and has no key: provision it."
        )

"""`quayscan device`: which ports exist, who is at one, and how far it is to be trusted."""

from __future__ import annotations

from dataclasses import asdict

import typer

from .choose_port import Device, choose_port
from .device_calibrate import calibrate
from .device_check import check
from .device_flash import flash
from .device_provision import maintain, provision, revoke
from .device_selftest import selftest
from .device_sync import sync
from .options import DEFAULT_PORT, AsJson, Port
from .output import print_json

app = typer.Typer(no_args_is_help=True, rich_markup_mode=None)
app.command("calibrate")(calibrate)
app.command("check")(check)
app.command("provision")(provision)
app.command("revoke")(revoke)
app.command("maintain")(maintain)
app.command("sync")(sync)
app.command("selftest")(selftest)
app.command("flash")(flash)


@app.command("list")
def list_(as_json: AsJson = False) -> None:
    """Serial ports of this computer, and the virtual boards."""
    from ..link import list_ports

    for port, description in list_ports():
        if as_json:
            print_json({"port": port, "description": description})
        else:
            typer.echo(f"{port:<28} {description}")


@app.command()
def clear(port: Port = DEFAULT_PORT, uid: Device = "", as_json: AsJson = False) -> None:
    """Re-arm a device that latched a safety fault, once somebody has removed the cause. Exit 5 while it is there."""
    from quayscan_wire import faults, states

    from ..pipeline import open_device

    port = choose_port(port, uid)
    with open_device(port) as device:
        latched = faults.name(device.status()["fault"])
        device.clear()
        state = states.name(device.status()["state"])
    if as_json:
        print_json({"port": port, "cleared": latched, "state": state})
    else:
        typer.echo(f"{port}: {'no fault was latched' if latched == 'NONE' else f'{latched} is cleared'}, state {state}")


@app.command()
def info(port: Port = DEFAULT_PORT, uid: Device = "", as_json: AsJson = False) -> None:
    """Who answers at a port: board, firmware, interpreter, state; with its key proved, what it holds and lost."""
    from quayscan_wire import states

    from ..pipeline import open_device

    port = choose_port(port, uid)
    with open_device(port) as device:
        status = device.status()
        fields = {"port": port, **asdict(device.info), "state": states.name(status["state"])}
        fields["pending"] = status["pending"]
        if device.info.authenticated or not device.info.provisioned:
            fields.update(asdict(device.journal()))
    if as_json:
        print_json(fields)
        return
    for key, value in fields.items():
        typer.echo(f"{key:<24} {value}")

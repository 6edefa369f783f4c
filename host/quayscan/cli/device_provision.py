"""`quayscan device provision`, `revoke` and `maintain`: who a device trusts, and who trusts it."""

from __future__ import annotations

from typing import Annotated

import typer

from ..errors import UsageError
from .choose_port import Device, choose_port
from .options import DEFAULT_PORT, AsJson, Port
from .output import print_json


def provision(
    port: Port = DEFAULT_PORT,
    uid: Device = "",
    standalone: Annotated[
        bool, typer.Option("--standalone", help="Let its trigger measure without a host; exposures wait in its flash.")
    ] = False,
    as_json: AsJson = False,
) -> None:
    """Give a device a new key, kept here too. Do it with the device in hand: the key travels over this cable once."""
    from ..device import DeviceClient
    from ..keys import DeviceKeys
    from ..link import open_link

    with DeviceClient(open_link(choose_port(port, uid)), keyless=True) as device:
        info = device.provision(standalone=standalone)
    place = DeviceKeys().place(info.uid)
    if as_json:
        print_json({"uid": info.uid, "board": info.board, "standalone": standalone, "key": place})
        return
    mode = "measures by its trigger too" if standalone else "measures with a host only"
    typer.echo(f"{info.board} {info.uid} has a new key and {mode}.\nThe key is kept in {place}.")


def revoke(
    uid: Annotated[str, typer.Argument(metavar="UID", help="As `quayscan device info` prints it.")],
    as_json: AsJson = False,
) -> None:
    """From now on no exposure of a device counts as authenticated: it was lost, or its key may be known."""
    from ..keys import DeviceKeys

    place = DeviceKeys().revoke(uid)
    if as_json:
        print_json({"uid": uid, "revoked": str(place)})
    else:
        typer.echo(f"{uid} is revoked ({place}); `quayscan device provision` with the device in hand undoes it.")


def maintain(
    port: Port = DEFAULT_PORT,
    uid: Device = "",
    yes: Annotated[bool, typer.Option("--yes", help="Do it; without this nothing is done.")] = False,
) -> None:
    """Let a device erase its key and leave its program, so that its files can be changed. Needs the key, if it has one.

    Raises
    ------
    UsageError
        Nobody said --yes.
    """
    from ..pipeline import open_device

    if not yes:
        raise UsageError("maintenance erases the device's key and ends its program: --yes does it")
    with open_device(choose_port(port, uid)) as device:
        device.maintain()
        found = device.info
    typer.echo(f"{found.board} {found.uid} has erased its key and is in maintenance; provision it again afterwards.")

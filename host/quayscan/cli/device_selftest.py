"""`quayscan device selftest`: is this device sound?"""

from __future__ import annotations

from dataclasses import asdict
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Annotated

import typer

from ..errors import UsageError
from .choose_port import Device, choose_port
from .options import DEFAULT_PORT, AsJson, Port
from .output import is_terminal, print_json
from .scan import Seed

if TYPE_CHECKING:
    from ..device import DeviceClient
    from ..selftest import Hands, Outcome

WithoutHands = Annotated[
    bool,
    typer.Option("--without-hands", help="Nobody can open key and interlock: leave that out, and say so."),
]


def selftest(
    port: Port = DEFAULT_PORT,
    uid: Device = "",
    seed: Seed = None,
    without_hands: WithoutHands = False,
    as_json: AsJson = False,
) -> None:
    """Test a device with polystyrene before its probe. Exit code 1: a check failed; its name and remedy are printed."""
    from .. import pipeline
    from ..selftest import selftest as run

    port = choose_port(port, uid)
    virtual = port.startswith("sim:")
    sim = {"sample": "polystyrene" if "nir" not in port else None, "seed": seed} if virtual else {}
    with pipeline.open_device(port, **sim) as device:
        hands = _hands(device, virtual, without_hands, as_json)
        if not virtual and not as_json and is_terminal():
            typer.prompt("Put polystyrene before the probe and press Enter", default="", show_default=False, err=True)
        failed = []
        for outcome in run(device, hands=hands, now=datetime.now(UTC)):
            failed += [] if outcome.passed else [outcome.name]
            _print(outcome, device.info.uid, as_json)
    if failed:
        if not as_json:
            typer.echo(f"FAILED: {', '.join(failed)}")
        raise typer.Exit(1)
    if not as_json:
        typer.echo("all checks passed")


class _Person:
    """Whoever stands there, asked on the terminal."""

    def interlock(self, *, closed: bool) -> None:
        self._ask("Close the interlock" if closed else "Open the interlock")

    def key(self, *, on: bool) -> None:
        self._ask("Turn the key on" if on else "Turn the key off")

    def _ask(self, what: str) -> None:
        typer.prompt(f"{what} and press Enter", default="", show_default=False, err=True)


def _hands(device: DeviceClient, virtual: bool, without: bool, as_json: bool) -> Hands | None:
    """Who opens the chain.

    Raises
    ------
    UsageError
        Nobody is there to do it.
    """
    from ..selftest import BenchHands

    if without:
        return None
    if virtual:
        return BenchHands(device.link.board.bench)  # type: ignore[attr-defined]  # sim: links have a board
    if as_json or not is_terminal():
        raise UsageError("key and interlock must be opened by hand: run it at a terminal, or give --without-hands")
    return _Person()


def _print(outcome: Outcome, uid: str, as_json: bool) -> None:
    if as_json:
        print_json({"uid": uid, **asdict(outcome)})
        return
    word = "ok" if outcome.passed else "FAIL"
    figure = "" if outcome.measured is None else f"{outcome.measured:.3g}, at most {outcome.limit:g} {outcome.unit}: "
    typer.echo(f"{word:<5} {outcome.name:<18} {figure}{outcome.finding}")
    if not outcome.passed:
        typer.echo(f"      {outcome.remedy}")

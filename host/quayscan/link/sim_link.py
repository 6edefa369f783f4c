"""`SimLink`: a virtual board, started when the link opens and ended when it closes.

`sim:raman785?sample=acetone&seed=3&speed=20&interpreter=cpython`. The device program is the one that a real board
runs; the bench in front of it is quayscan_hardware's. `flash=FILE` is the board's flash, which outlives the link: its
key, and the exposures that wait; give the same seed, since the uid comes from it. `fault=NAME` breaks one thing of the
bench (`quayscan_hardware.bench.faults`), to see that it is noticed.
"""

from __future__ import annotations

import importlib.util
import secrets
from pathlib import Path
from typing import Any, TypeVar
from urllib.parse import parse_qsl

from ..errors import SimUnavailable, UsageError
from .serial_link import SerialLink

PREFIX = "sim:"
_KNOWN = ("sample", "seed", "speed", "interpreter", "flash", "fault")


class SimLink(SerialLink):
    """A link to a virtual board of its own.

    Parameters
    ----------
    port : "sim:BOARD", with options after "?" as in the module's heading.
    sample, seed, speed : override the port's options. A seed that nobody gives is drawn at random;
        `details` has it.
    cable : `quayscan_hardware.impairment.CableOptions`, to spoil what passes.

    Raises
    ------
    SimUnavailable
        This system cannot run a virtual board; the message says what it needs.
    UsageError
        An unknown board, sample or option; the message lists those that exist.
    """

    def __init__(
        self,
        port: str,
        *,
        sample: str | None = None,
        seed: int | None = None,
        speed: float | None = None,
        cable: Any = None,
    ) -> None:
        board, options = _parse(port)
        sample = sample or options.get("sample", "")
        seed = _number(options, "seed", int, secrets.randbelow(2**31)) if seed is None else seed
        self.board = _start(
            board=board,
            sample=sample,
            seed=seed,
            speed=_number(options, "speed", float, 1.0) if speed is None else speed,
            cable=cable,
            interpreter=options.get("interpreter", "auto"),
            flash=Path(options["flash"]) if "flash" in options else None,
            fault=options.get("fault", ""),
        )
        try:
            super().__init__(self.board.port, name=f"{PREFIX}{board}")
        except BaseException:
            self.board.close()
            raise
        self.details = {"sample": self.board.bench.sample_name, "seed": seed}

    def close(self) -> None:
        """End the device process and the bench."""
        super().close()
        self.board.close()


def _parse(port: str) -> tuple[str, dict[str, str]]:
    board, _, query = port.removeprefix(PREFIX).partition("?")
    options = dict(parse_qsl(query))
    unknown = sorted(set(options) - set(_KNOWN))
    if unknown:
        raise UsageError(f"{port}: unknown option {unknown[0]!r}: use {', '.join(_KNOWN)}")
    return board, options


N = TypeVar("N", int, float)


def _number(options: dict[str, str], name: str, kind: type[N], default: N) -> N:
    try:
        return kind(options[name]) if name in options else default
    except ValueError:
        raise UsageError(f"{name}={options[name]} is no number: give one, as in sim:raman785?{name}=1") from None


def _start(*, fault: str, **settings: Any) -> Any:
    try:
        from quayscan_hardware.bench.faults import broken
        from quayscan_hardware.sim import SimFailed, SimUnsupported, VirtualBoard
    except ImportError as exc:
        raise SimUnavailable(f"sim: needs a POSIX system with pseudo-terminals ({exc}): use a real port") from exc
    try:
        return VirtualBoard(**settings, conditions=broken(fault), firmware_path=firmware_path())
    except (SimUnsupported, SimFailed) as exc:
        raise SimUnavailable(str(exc)) from exc
    except ValueError as exc:
        raise UsageError(str(exc)) from exc


def firmware_path() -> Path:
    """The folder of the device program, found without importing it."""
    spec = importlib.util.find_spec("quayscan_fw")
    if spec is None or not spec.submodule_search_locations:
        raise SimUnavailable("sim: needs the device program quayscan_fw beside quayscan: install the whole wheel")
    return Path(next(iter(spec.submodule_search_locations))).parent

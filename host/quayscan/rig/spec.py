"""`--rig`: a virtual rig by name, or a real one by its RIG.toml."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass, fields
from pathlib import Path
from urllib.parse import parse_qsl

from quayscan_hardware import board_names

from ..errors import UsageError

PREFIX = "sim:"
SPEED = 30.0
"""Frames of the virtual bench in metrology are so many times faster; faults run in real time."""

CONTROLLERS = ("bench", "pico")


@dataclass(frozen=True, slots=True, kw_only=True)
class RigSpec:
    """What a rig is made of.

    Attributes
    ----------
    name : as the user called it. board : the definition of the board under test.
    port : of the board; "" on the virtual bench. controller : port of the rig board; on the bench "bench" for the
        bench's own lines, or "pico" for the rig board's program before the same bench.
    place_by_hand : somebody stands there to put samples before the probe. may_provision : the board may be given a key,
        which is taken from it again. warm_up_s : how long warming up is watched. seed : of the virtual instrument.
    """

    name: str
    board: str
    port: str = ""
    controller: str = "bench"
    place_by_hand: bool = False
    may_provision: bool = False
    warm_up_s: float = 600.0
    seed: int = 0

    @property
    def virtual(self) -> bool:
        """Whether it is the virtual bench."""
        return not self.port


def parse_rig(text: str) -> RigSpec:
    """The rig that `sim:BOARD`, `sim:BOARD?controller=pico&seed=3` or a TOML file's name stands for.

    Raises
    ------
    UsageError
        There is no such board, file or setting; says which there are.
    """
    return _virtual(text) if text.startswith(PREFIX) else _real(Path(text))


def _virtual(text: str) -> RigSpec:
    board, _, query = text.removeprefix(PREFIX).partition("?")
    options = dict(parse_qsl(query))
    unknown = sorted(set(options) - {"controller", "seed"})
    controller = options.get("controller", "bench")
    if unknown or controller not in CONTROLLERS:
        raise UsageError(f"--rig {text}: use controller={' or '.join(CONTROLLERS)}, and seed=NUMBER")
    try:
        seed = int(options.get("seed", "0"))
    except ValueError:
        raise UsageError(f"--rig {text}: the seed is no number") from None
    return RigSpec(name=text, board=_known_board(board, text), controller=controller, seed=seed)


def _known_board(board: str, where: str) -> str:
    if board not in board_names():
        raise UsageError(f"--rig {where}: no board is called {board!r}: choose one of {', '.join(board_names())}")
    return board


def _real(path: Path) -> RigSpec:
    try:
        table = tomllib.loads(path.read_text(encoding="utf-8"))
    except OSError as exc:
        raise UsageError(f"--rig {path}: {exc.strerror}: give sim:raman785, or a rig's TOML file") from exc
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as exc:
        raise UsageError(f"--rig {path} is no TOML: {exc}") from exc
    known = {one.name: one.type for one in fields(RigSpec)} | {}
    allowed = set(known) - {"name", "seed"}
    unknown, missing = sorted(set(table) - allowed), sorted({"board", "port", "controller"} - set(table))
    if unknown or missing:
        said = f"unknown: {', '.join(unknown)}" if unknown else f"missing: {', '.join(missing)}"
        raise UsageError(f"--rig {path}: {said}; it may hold {', '.join(sorted(allowed))}")
    _require_types(path, table)
    _known_board(table["board"], str(path))
    return RigSpec(name=str(path), **table)


def _require_types(path: Path, table: dict[str, object]) -> None:
    """Each setting of the kind that it has in `RigSpec`."""
    for name, value in table.items():
        wanted: type | tuple[type, ...] = str
        if name in ("place_by_hand", "may_provision"):
            wanted = bool
        elif name == "warm_up_s":
            wanted = (int, float)
        if not isinstance(value, wanted) or (wanted is not bool and isinstance(value, bool)) or value == "":
            raise UsageError(f"--rig {path}: {name} = {value!r} is of the wrong kind, or empty")

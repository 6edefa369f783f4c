"""Upload, verify, activate, wait for HELLO, or take it back."""

from __future__ import annotations

import tempfile
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from ..device import DeviceClient, DeviceInfo
from ..errors import DeviceError, FlashFailed
from ..keys import DeviceKeys
from ..link import open_link
from . import scripts
from .image import Image
from .prompt import Prompt

MPY_VERSION = "6"
"""Of compiled files, that this mpy-cross writes and MicroPython 1.19 and later reads."""

PROMPT_S = 15.0
HELLO_S = 20.0
"""How long a started device may take to answer HELLO."""

RETRY_S = 0.3

Progress = Callable[[str], None]


@dataclass(frozen=True, slots=True, kw_only=True)
class Flashed:
    """What runs on the device now. `sha256` of its image, "" for one that was restored."""

    info: DeviceInfo
    sha256: str


def flash(
    port: str,
    image: Image,
    *,
    board: str = "",
    keys: DeviceKeys | None = None,
    hello_s: float = HELLO_S,
    on_progress: Progress = lambda text: None,
) -> Flashed:
    """Put a new program on the device at a port. A device that runs the program erases its key first.

    Parameters
    ----------
    board : which board it is, for one that does not know yet.
    hello_s : how long the new program may take to answer.

    Raises
    ------
    FlashFailed
        The new program is not on the device; the message says which one is.
    UsageError
        mpremote is missing.
    """
    prompt = Prompt(port)
    enter_maintenance(port, keys, on_progress)
    prompt.wait(PROMPT_S)
    _check_device(prompt, board)
    on_progress(f"upload: {len(image.files)} files, {sum(map(len, image.files.values()))} bytes")
    try:
        _upload(prompt, image)
    except FlashFailed as exc:
        raise _abandoned(prompt, keys, hello_s, exc) from exc
    on_progress(f"verified: {image.sha256}")
    prompt.run(scripts.activate(image.parts))
    prompt.reset()
    on_progress("started: waiting for HELLO")
    info = wait_hello(port, keys, hello_s)
    if info is None:
        on_progress("no HELLO: the program before it comes back")
        raise _taken_back(port, keys, hello_s)
    return Flashed(info=info, sha256=image.sha256)


def restore(port: str, *, keys: DeviceKeys | None = None, hello_s: float = HELLO_S) -> Flashed:
    """Bring the program before the present one back.

    Raises
    ------
    FlashFailed
        There is none, or it does not answer.
    """
    prompt = Prompt(port)
    enter_maintenance(port, keys, lambda text: None)
    prompt.wait(PROMPT_S)
    if prompt.run(scripts.RESTORE) != "done":
        raise FlashFailed(f"{port}: the device keeps no earlier program: flash one")
    prompt.reset()
    info = wait_hello(port, keys, hello_s)
    if info is None:
        raise FlashFailed(f"{port}: the earlier program is back and does not answer: flash another")
    return Flashed(info=info, sha256="")


def enter_maintenance(port: str, keys: DeviceKeys | None, on_progress: Progress) -> None:
    """Let a device that answers HELLO leave its program; one that does not is at its prompt already."""
    try:
        with DeviceClient(open_link(port), keys, keyless=True) as device:
            on_progress(f"{device.info.board} {device.info.uid} leaves its program")
            device.maintain()
    except DeviceError as exc:
        on_progress(f"no program answers ({type(exc).__name__}): the prompt is tried")


def wait_hello(port: str, keys: DeviceKeys | None, seconds: float) -> DeviceInfo | None:
    """Who answers at a port within that time; None when nobody does."""
    deadline = time.monotonic() + seconds
    while time.monotonic() < deadline:
        try:
            with DeviceClient(open_link(port), keys, keyless=True) as device:
                if not device.info.provisioned:  # by the strap, which told nobody
                    (keys or DeviceKeys()).forget(device.info.uid)
                return device.info
        except DeviceError:
            time.sleep(RETRY_S)
    return None


def _check_device(prompt: Prompt, board: str) -> None:
    version = prompt.run(scripts.VERSION)
    if version != MPY_VERSION:
        raise FlashFailed(
            f"{prompt.port}: its MicroPython takes compiled files of version {version or 'unknown'}, these have"
            f" {MPY_VERSION}: put MicroPython 1.24 or later on it first"
        )
    if board:
        prompt.run(scripts.name_board(board))
    elif not prompt.run(scripts.BOARD):
        raise FlashFailed(f"{prompt.port}: the device does not know which board it is: name it with --board")


def _upload(prompt: Prompt, image: Image) -> None:
    """Bring the image into `next` and compare its hash there."""
    prompt.run(scripts.MAKE_ROOM)
    with tempfile.TemporaryDirectory(prefix="quayscan-flash-") as scratch:
        image.write(Path(scratch))
        prompt.copy(Path(scratch), "next")
    found = prompt.run(scripts.DIGEST)
    if found != image.sha256:
        raise FlashFailed(f"{prompt.port}: what arrived has the hash {found[:16]}, {image.sha256[:16]} was sent")


def _abandoned(prompt: Prompt, keys: DeviceKeys | None, hello_s: float, cause: FlashFailed) -> FlashFailed:
    """Nothing was activated: the program that was there starts again."""
    prompt.run(scripts.CLEAN)
    prompt.reset()
    info = wait_hello(prompt.port, keys, hello_s)
    now = "no program answers" if info is None else f"the program before runs (firmware {info.firmware})"
    return FlashFailed(f"{cause}; nothing was changed, {now}: try another cable or port")


def _taken_back(port: str, keys: DeviceKeys | None, hello_s: float) -> FlashFailed:
    try:
        back = restore(port, keys=keys, hello_s=hello_s)
    except FlashFailed as exc:
        return FlashFailed(f"{port}: the new program gave no HELLO, and going back failed: {exc}")
    return FlashFailed(
        f"{port}: the new program gave no HELLO in {hello_s:.0f} s; the one before is back and answers"
        f" (firmware {back.info.firmware}): mend the new one and flash again"
    )

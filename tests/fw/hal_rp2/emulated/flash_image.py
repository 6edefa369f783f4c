"""The file system of an emulated board: the program compiled for its processor, as `mpy-cross` and littlefs make it."""

import subprocess
from pathlib import Path

FIRMWARE = Path(__file__).parents[4] / "firmware"
ROOT = FIRMWARE / "quayscan_fw" / "hal_rp2" / "root"
NOT_ON_THE_BOARD = ("bench_main", "bench_wire", "frame_buffer", "hal_bench", "link_stdio")
DISK_VERSION = 0x00020000


def program_files(mpy_cross, scratch):
    """Files of a board by their path on it: compiled modules under /lib, boot.py and main.py, and which board it is."""
    files = {"board": b"raman785\n"}
    for source in sorted(FIRMWARE.glob("quayscan_*/**/*.py")):
        if source.stem in NOT_ON_THE_BOARD or ROOT in source.parents:
            continue
        inner = source.relative_to(FIRMWARE).with_suffix(".mpy")
        out = scratch / "-".join(inner.parts)
        subprocess.run([mpy_cross, "-march=armv6m", "-O1", "-o", str(out), str(source)], check=True)
        files[f"lib/{inner.as_posix()}"] = out.read_bytes()
    for name in ("boot.py", "main.py"):
        files[name] = (ROOT / name).read_bytes()
    return files


def write_image(path, files, block_size, block_count):
    """A littlefs of these files at `path`."""
    from littlefs import LittleFS

    disk = LittleFS(block_size=block_size, block_count=block_count, prog_size=256, disk_version=DISK_VERSION)
    for name, content in files.items():
        folder = name.rpartition("/")[0]
        if folder:
            disk.makedirs(folder, exist_ok=True)
        with disk.open(name, "wb") as file:
            file.write(content)
    disk.unmount()
    path.write_bytes(disk.context.buffer)

"""Planted bugs: the device program with one thing wrong, as a folder of its own.

Each: (file, text, what stands there instead, the case that must catch it or "" for the run as a whole, what its finding
says). A text occurs once in its file; `plant` asserts that, so that code which moves takes its bug along.
"""

from __future__ import annotations

import shutil
from pathlib import Path

CASTAGNOLI = """
def _castagnoli(data):
    crc = 0xFFFFFFFF
    for byte in data:
        crc ^= byte
        for _ in range(8):
            crc = crc >> 1 ^ (0x82F63B78 if crc & 1 else 0)
    return crc ^ 0xFFFFFFFF


class Sender:
"""

BUGS = {
    "ignores the interlock": (
        "quayscan_fw/checks.py",
        "if not reading.flags & states.INPUT_INTERLOCK:",
        "if False:",
        "interlock",
        "LIGHT_MISMATCH|still asks for light",
    ),
    "forgets the heartbeat": (
        "quayscan_fw/guard.py",
        "if self._clock.diff(now, self._beat) > config.heartbeat_ms:",
        "if False:",
        "heartbeat",
        "still asks for light|HEARTBEAT_LOST is due|the light was not on|after silence",
    ),
    "chunks begin one byte late": (
        "quayscan_fw/sender.py",
        "        start = CHUNK_BYTES * index\n",
        "        start = CHUNK_BYTES * index + (1 if index else 0)\n",
        "exposures",
        "CRC-32|stopped sending",
    ),
    "wrong CRC polynomial": (
        "quayscan_fw/sender.py",
        "\nclass Sender:\n",
        CASTAGNOLI,
        "handshake",
        "no session",
    ),
    "status from the last pass": (
        "quayscan_fw/session.py",
        "        self._guard.poll()  # what is told is fresh, and knows of this very heartbeat\n",
        "",
        "status",
        "STATUS answers told an interlock that had changed",
    ),
    "no dark frames": (
        "quayscan_fw/exposure.py",
        "        accumulate(sums, self._frame, self._marks, self._config.pixels, self._limit(job))\n",
        "        if job != JOB_DARK:\n"
        "            accumulate(sums, self._frame, self._marks, self._config.pixels, self._limit(job))\n",
        "exposures",
        "dark",
    ),
    "sleeps for 40 ms under light": (
        "quayscan_fw/program.py",
        "            return min(1, self.exposure.remaining_ms())\n",
        "            return 40\n",
        "",
        "",
    ),
    "light in the dark frames": (
        "quayscan_fw/exposure.py",
        '        elif self._fields["flags"] & blob.FLAG_LIGHT_OFF:\n',
        "        elif True:\n",
        "exposures",
        "light",
    ),
}


def plant(bug: str, firmware: Path, into: Path) -> Path:
    """A copy of the device program with that bug."""
    file, text, instead, _, _ = BUGS[bug]
    for package in ("quayscan_fw", "quayscan_wire"):
        shutil.copytree(firmware / package, into / package, ignore=shutil.ignore_patterns("__pycache__"))
    path = into / file
    content = path.read_text(encoding="utf-8")
    assert content.count(text) == 1, f"{bug}: its place in {file} has moved"
    content = content.replace(text, instead)
    if bug == "wrong CRC polynomial":
        assert content.count("binascii.crc32(covered)") == 1
        content = content.replace("binascii.crc32(covered)", "_castagnoli(covered)").replace("import binascii\n", "")
    path.write_text(content, encoding="utf-8")
    return into

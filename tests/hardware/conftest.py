"""What the hardware tests share: a sample with known bands, and a toy device program."""

from pathlib import Path

import numpy as np
import pytest

from quayscan_hardware.samples import Sample

TOY_PROGRAM = """
import binascii, select, socket, sys

link = socket.socket()
host, port = sys.argv[1].split(":")
link.connect(socket.getaddrinfo(host, int(port))[0][-1])
link.send(b"H" + binascii.unhexlify(sys.argv[2]))
size = link.recv(2)
link.recv(size[0] + 256 * size[1])
print("toy is up", file=sys.stderr)
poller = select.poll()
poller.register(sys.stdin, select.POLLIN)
while True:
    events = poller.poll(100)
    if events and events[0][1] & select.POLLHUP:
        break
    if events:
        byte = sys.stdin.buffer.read(1)
        if byte == b"L":  # light on
            link.send(b"O\\x03\\xe8\\x03")
            link.recv(1)
            link.send(b"K")
        sys.stdout.buffer.write(byte)
        if hasattr(sys.stdout, "flush"):
            sys.stdout.flush()
"""


@pytest.fixture
def toy_firmware(tmp_path: Path) -> Path:
    """A folder with a device program that opens the bench socket and echoes its line; "L" lights the laser."""
    package = tmp_path / "quayscan_fw"
    package.mkdir()
    (package / "__init__.py").write_text("")
    (package / "bench_main.py").write_text(TOY_PROGRAM)
    return tmp_path


@pytest.fixture
def two_bands() -> Sample:
    """A sample with two Raman bands, far apart, the first twice as high; no fluorescence."""
    return Sample(
        name="two-bands",
        title="Two bands",
        phase="liquid",
        strength=1.0,
        fluorescence=0.0,
        bleach_j=1.0,
        note="",
        shift_cm1=np.array([800.0, 1600.0]),
        fwhm_cm1=np.array([8.0, 8.0]),
        eta=np.array([0.5, 0.0]),
        height=np.array([100.0, 50.0]),
    )

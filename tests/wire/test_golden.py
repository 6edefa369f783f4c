"""golden.json is what the code makes, what PROTOCOL.md says, and the same on both interpreters."""

import binascii
import hmac
import json
import shutil
import struct
import subprocess
import sys
import zlib
from pathlib import Path

import golden_vectors
import pytest
from cobs import cobs as oracle

FIRMWARE = Path(__file__).parents[2] / "firmware"
GOLDEN = FIRMWARE / "quayscan_wire" / "golden.json"
MICROPYTHON = shutil.which("micropython", path=str(Path(sys.executable).parent)) or shutil.which("micropython")


@pytest.fixture(scope="module")
def golden():
    return json.loads(GOLDEN.read_text())


def test_golden_file_is_what_the_generator_makes(golden):
    assert golden_vectors.build() == golden


def test_cpython_makes_and_reads_every_vector(golden):
    assert golden_vectors.check(golden) == len(golden["messages"]) + len(golden["streams"]) + 2


@pytest.mark.skipif(MICROPYTHON is None, reason="no micropython command for this platform")
def test_micropython_makes_and_reads_every_vector(golden):
    script = str(Path(golden_vectors.__file__))
    run = subprocess.run(
        [MICROPYTHON, script, "check", str(GOLDEN)],
        env={"MICROPYPATH": str(FIRMWARE)},
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    expected = len(golden["messages"]) + len(golden["streams"]) + 2
    assert (run.returncode, run.stdout) == (0, f"{expected} vectors\n"), run.stdout + run.stderr


def test_frames_agree_with_an_independent_encoder(golden):
    for row in golden["messages"]:
        body = struct.pack("<BH", row["kind"], row["seq"]) + binascii.unhexlify(row["payload"])
        body += struct.pack("<I", zlib.crc32(body))
        assert oracle.encode(body) + b"\0" == binascii.unhexlify(row["frame"]), row["name"]


def test_proofs_seal_and_tag_are_those_of_the_page(golden):
    """PROTOCOL.md, "Trust", written anew with the standard library's HMAC."""
    given, row = golden_vectors.TRUST, golden["trust"]

    def tag(key, *parts):
        return hmac.digest(key, b"".join(parts), "sha256")

    nonces = (given["host_nonce"], given["device_nonce"], given["uid"])
    assert row["host_proof"] == tag(given["key"], b"quayscan host", *nonces).hex()
    assert row["device_proof"] == tag(given["key"], b"quayscan device", *nonces).hex()
    session = tag(given["key"], b"quayscan session", *nonces)
    sealed = given["sealed"]
    covered = struct.pack("<BHI", sealed["kind"], sealed["seq"], sealed["count"]) + sealed["payload"]
    expected = sealed["payload"] + struct.pack("<I", sealed["count"]) + tag(session, covered)[:8]
    assert row["sealed"] == expected.hex()
    assert row["tag"] == tag(given["key"], b"quayscan exposure", given["blob"]).hex()


def test_status_answer_bytes_are_those_of_the_table(golden):
    row = next(row for row in golden["messages"] if row["name"] == "status_answer")
    assert row["payload"] == ("03001b030c001400e6fbd009ffffffff0200010700000061720000efbeadde0600000018")


def test_scan_frame_bytes_written_by_hand():
    # seq 258, 100,000 us, 10 averages, the board's power, no flags; the CRC follows.
    frame = golden_vectors.frame.encode_frame(3, 258, bytes.fromhex("a0860100 0a00 0000 00"))
    assert frame.hex().startswith("07030201a08601020a010101")
    assert frame[-1] == 0

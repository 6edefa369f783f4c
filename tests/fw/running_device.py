"""The real program in a process of its own, on either interpreter, with a pty as its link and a bench of the test."""

import os
import select
import shutil
import subprocess
import sys
import time
import tty
from pathlib import Path

from plain_bench import TOKEN

from quayscan_wire import frame, kinds, messages

FIRMWARE = str(Path(__file__).parents[2] / "firmware")
MICROPYTHON = shutil.which("micropython", path=str(Path(sys.executable).parent)) or shutil.which("micropython")
COMMANDS = {
    "cpython": [sys.executable, "-m", "quayscan_fw.bench_main"],
    "micropython": [MICROPYTHON, "-X", "heapsize=192k", "-m", "quayscan_fw.bench_main"],
}
PATIENCE_S = 20


class Device:
    """A running program. `ask` sends a request and waits for its answer; chunks go to `chunks`."""

    def __init__(self, interpreter, bench, flash=""):
        self.master, slave = os.openpty()
        tty.setraw(slave)
        self.process = subprocess.Popen(
            [*COMMANDS[interpreter], f"127.0.0.1:{bench.port}", TOKEN.hex(), str(flash)],
            env={"MICROPYPATH": FIRMWARE, "PYTHONPATH": FIRMWARE},
            stdin=slave,
            stdout=slave,
            stderr=subprocess.PIPE,
        )
        os.close(slave)
        self.reader = frame.FrameReader()
        self.seq = 0
        self.waiting = []
        self.unasked = []
        self.chunks = {}

    def send(self, kind, payload=b"", seq=None):
        """Write one request; gives its seq."""
        if seq is None:
            self.seq = self.seq % 65535 + 1
            seq = self.seq
        os.write(self.master, b"\0" + frame.encode_frame(kind, seq, payload))
        return seq

    def receive(self, seq):
        """The next answer to `seq`: (kind, payload)."""
        deadline = time.monotonic() + PATIENCE_S
        while time.monotonic() < deadline:
            for index, (kind, of, payload) in enumerate(self.waiting):
                if of == seq:
                    del self.waiting[index]
                    return kind, payload
            self.pump(0.05)
        raise AssertionError(f"no answer to {seq} in {PATIENCE_S} s")

    def pump(self, seconds):
        """Read what comes within `seconds` at most."""
        if not select.select([self.master], [], [], seconds)[0]:
            return
        for kind, seq, payload in self.reader.feed(os.read(self.master, 65536)):
            if kind == kinds.CHUNK:
                chunk = messages.unpack_chunk(payload)
                self.chunks[chunk["index"]] = chunk["data"]
            elif seq == 0:
                self.unasked.append(messages.unpack_fault(payload))
            else:
                self.waiting.append((kind, seq, payload))

    def ask(self, kind, payload=b"", seq=None):
        """Send, and the answer: (kind, payload)."""
        return self.receive(self.send(kind, payload, seq))

    def hello(self):
        """Open a session; gives the fields of the answer."""
        return messages.unpack_hello_answer(self.ask(kinds.HELLO, messages.pack_hello(1, bytes(16)))[1])

    def status(self):
        """Fields of a STATUS answer; it is the heartbeat too."""
        return messages.unpack_status_answer(self.ask(kinds.STATUS)[1])

    def scan(self, **fields):
        """Start an exposure; gives its id."""
        kind, payload = self.ask(kinds.SCAN, messages.pack_scan(**fields))
        assert kind == kinds.SCAN | kinds.REPLY, payload
        return messages.unpack_scan_answer(payload)["exposure_id"]

    def until(self, wanted):
        """Send heartbeats until `wanted(status)`; gives that status."""
        deadline = time.monotonic() + PATIENCE_S
        while time.monotonic() < deadline:
            status = self.status()
            if wanted(status):
                return status
            time.sleep(0.005)
        raise AssertionError(f"waited {PATIENCE_S} s in vain, last status {status}")

    def close(self):
        """Hang up, and wait for the program's end; gives what it said on stderr."""
        if self.master is not None:
            os.close(self.master)
            self.master = None
        try:
            said = self.process.communicate(timeout=PATIENCE_S)[1]
        except subprocess.TimeoutExpired:
            self.process.kill()
            said = self.process.communicate()[1]
        return said.decode()

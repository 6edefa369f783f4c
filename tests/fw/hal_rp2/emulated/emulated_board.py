"""A stock MicroPython image on rp2040py, with the board's parts soldered to it and the host at the end of its USB.

The emulator runs in a thread of its own, 20 to 30 times slower than the chip: a test has patience and measures no time.
"""

import asyncio
import threading
import time

from emulated_parts import solder
from flash_image import write_image
from rp2040py.boards import resolve_board_spec
from rp2040py.device import MicroPythonDevice
from rp2040py.utils.firmware_retrieve import MICROPYTHON

from quayscan_fw.hal_rp2.pins import PINS
from quayscan_wire import frame, kinds, messages

PATIENCE_S = 900
BEAT_S = 1.0
"""Wall time between two STATUS: some 50 ms of the chip's, whose heartbeat limit is 400."""


class EmulatedBoard:
    """Boots in the constructor; `light` and `mcu` are for the test to look at and to touch."""

    def __init__(self, uf2, files, scratch):
        spec = resolve_board_spec("pico", MICROPYTHON, str(uf2))
        image = scratch / "flash.img"
        write_image(image, files, spec.layout.fs_blocksize, spec.layout.fs_blockcount)
        self._device = MicroPythonDevice(board=spec, filesystem=image)
        self.mcu = self._device.mcu
        self.pins = PINS["raman785"]
        self.light, self.detector = solder(self.mcu, self.pins)
        self._reader = frame.FrameReader()
        self._answers = []
        self._seq = 0
        self._stop = threading.Event()
        self._booted = threading.Event()
        self._thread = threading.Thread(target=lambda: asyncio.run(self._live()), daemon=True)
        self._thread.start()
        if not self._booted.wait(PATIENCE_S):
            raise AssertionError("the image did not come up on USB")

    def close(self):
        """End the emulator."""
        self._stop.set()
        self._thread.join(30)

    def contact(self, name, closed):
        """Open or close one of the board's contacts."""
        self._on_engine(lambda: self.mcu.gpio[self.pins[name]].set_input_value(closed))

    def ask(self, kind, payload=b""):
        """One request, repeated while nothing answers; gives (kind, payload)."""
        self._seq += 1
        data = b"\0" + frame.encode_frame(kind, self._seq, payload)
        deadline, again = time.monotonic() + PATIENCE_S, 0.0
        while time.monotonic() < deadline:
            if time.monotonic() >= again:
                self._send(data)
                again = time.monotonic() + 30
            for answer in list(self._answers):
                if answer[1] == self._seq and answer[0] != kinds.CHUNK:
                    return answer[0], answer[2]
            time.sleep(0.02)
        raise AssertionError(f"no answer to kind {kind} in {PATIENCE_S} s")

    def status(self):
        """Fields of STATUS, which is the heartbeat."""
        return messages.unpack_status_answer(self.ask(kinds.STATUS)[1])

    def until(self, wanted):
        """Heartbeats until `wanted(status)`; gives that status."""
        deadline = time.monotonic() + PATIENCE_S
        while time.monotonic() < deadline:
            status = self.status()
            if wanted(status):
                return status
            time.sleep(BEAT_S)
        raise AssertionError(f"waited {PATIENCE_S} s in vain, last status {status}")

    def fetch(self, exposure_id, size):
        """All bytes of an exposure."""
        count = -(-size // kinds.CHUNK_BYTES)
        bits = ((1 << count) - 1).to_bytes(-(-count // 8), "little")
        kind, payload = self.ask(kinds.FETCH, messages.pack_fetch(exposure_id, 0, bits))
        assert kind == kinds.FETCH | kinds.REPLY, payload
        chunks = [messages.unpack_chunk(body) for which, _, body in self._answers if which == kinds.CHUNK]
        return b"".join(chunk["data"] for chunk in sorted(chunks, key=lambda chunk: chunk["index"]))

    async def _live(self):
        self._device.cdc.on_serial_data = lambda data: self._answers.extend(self._reader.feed(data))
        await self._device.astart(PATIENCE_S)
        self._booted.set()
        while not self._stop.is_set():
            await asyncio.sleep(0.05)
        self._device.simulator.stop()

    def _send(self, data):
        def feed():
            for byte in data:
                self._device.cdc.send_serial_byte(byte)

        self._on_engine(feed)

    def _on_engine(self, action):
        """The emulator's objects belong to its thread."""
        self._device.simulator.schedule_threadsafe(action)

"""A minimal host for the launcher's tests: one request, one answer, no recovery."""

import serial

from quayscan_wire import bitmap, blob, kinds, messages
from quayscan_wire.frame import FrameReader, encode_frame

HELLO_VERSION = 1


class WireClient:
    """Speaks PROTOCOL.md over a port."""

    def __init__(self, port):
        self._line = serial.Serial(port, timeout=5)
        self._reader = FrameReader()
        self._frames = []
        self._seq = 0
        self._line.write(b"\x00")
        self.hello = messages.unpack_hello_answer(self.ask(kinds.HELLO, messages.pack_hello(HELLO_VERSION, bytes(16))))

    def __enter__(self):
        return self

    def __exit__(self, *exc):
        self._line.close()

    def _send(self, kind, payload):
        self._seq += 1
        self._line.write(encode_frame(kind, self._seq, payload))

    def _next(self):
        while not self._frames:
            data = self._line.read(max(1, self._line.in_waiting))
            assert data, "the device fell silent"
            self._frames += self._reader.feed(data)
        return self._frames.pop(0)

    def ask(self, kind, payload=b""):
        """The payload of the answer to one request."""
        self._send(kind, payload)
        while True:
            got, seq, answer = self._next()
            if seq == self._seq and got == kind | kinds.REPLY:
                return answer
            assert seq != self._seq, messages.unpack_fault(answer)

    def status(self):
        """The fields of STATUS."""
        return messages.unpack_status_answer(self.ask(kinds.STATUS))

    def fetch(self, status):
        """The blob of the pending exposure."""
        total = blob.chunks(status["size"])
        got = {}
        for first, bits in bitmap.windows(range(total)):
            self._send(kinds.FETCH, messages.pack_fetch(status["exposure_id"], first, bits))
            while (frame := self._next())[0] != kinds.FETCH | kinds.REPLY:
                chunk = messages.unpack_chunk(frame[2])
                got[chunk["index"]] = chunk["data"]
        return b"".join(got[index] for index in range(total))

    def scan(self, exposure_us, averages):
        """(metadata, light_sum bytes, dark_sum bytes) of one exposure, acknowledged."""
        self.ask(kinds.SCAN, messages.pack_scan(exposure_us, averages))
        while not (status := self.status())["pending"]:
            assert status["fault"] == 0
        data = self.fetch(status)
        self.ask(kinds.ACK, messages.pack_ack(status["exposure_id"]))
        fields, start = blob.unpack_metadata(data)
        size = 4 * fields["pixels"]
        return fields, data[start : start + size], data[start + size : start + 2 * size]

    def measure(self, **asked):
        """Metadata of one exposure that the device may find by itself, acknowledged."""
        self.ask(kinds.MEASURE, messages.pack_measure(**asked))
        while not (status := self.status())["pending"]:
            assert (status["fault"], status["job"] == 0 and status["last_end"]) == (0, False)
        data = self.fetch(status)
        self.ask(kinds.ACK, messages.pack_ack(status["exposure_id"]))
        return blob.unpack_metadata(data)[0]

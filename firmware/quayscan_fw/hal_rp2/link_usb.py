"""The link over USB serial: stdin and stdout of the stock image.

`read(n)` waits for all n bytes here, so they are taken one by one while poll says that one is there. Poll tells that
stdout takes at least one byte, not how many: at most WRITE_MOST are written at once, a packet of full-speed USB. Should
the host stop reading in the middle of one, the write waits up to half a second; the hardware one-shot is shorter, so
the light is off by then.
"""

import select
import sys

import micropython

READ_MOST = 256
WRITE_MOST = 64
_NO_INTERRUPT = -1


class UsbLink:
    """Raw bytes; ctrl-C is a byte like any other from here on."""

    def __init__(self):
        micropython.kbd_intr(_NO_INTERRUPT)
        self._stdin = sys.stdin.buffer
        self._stdout = sys.stdout.buffer
        self._in = _poll(sys.stdin, select.POLLIN)
        self._out = _poll(sys.stdout, select.POLLOUT)
        self._both = _poll(sys.stdin, select.POLLIN)
        self._both.register(sys.stdout, select.POLLOUT)
        self._one = bytearray(1)
        self._got = memoryview(bytearray(READ_MOST))

    def read(self):
        """Bytes that wait, b"" when none does."""
        n = 0
        while n < READ_MOST and _event(self._in, 0):
            self._stdin.readinto(self._one)  # pyright: ignore[reportAttributeAccessIssue] (the stubs leave it out)
            self._got[n] = self._one[0]
            n += 1
        return bytes(self._got[:n]) if n else b""

    def write(self, view):
        """Bytes accepted, 0 when the way is full."""
        if not _event(self._out, 0) & select.POLLOUT:
            return 0
        return self._stdout.write(view[:WRITE_MOST]) or 0

    def wait(self, ms, to_write):
        """Sleep until bytes arrive, or `ms` have passed, or, if `to_write`, the way is free."""
        _event(self._both if to_write else self._in, ms)


def _poll(stream, events):
    poll = select.poll()
    poll.register(stream, events)
    return poll


def _event(poll, ms):
    """The first event of a poll, 0 for none; takes no memory."""
    for _, event in poll.ipoll(ms):
        return event
    return 0

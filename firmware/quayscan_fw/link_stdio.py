"""The link over stdin and stdout, raw bytes, on both interpreters."""

import os
import select
import sys
import termios

from .board import LinkClosed

_READ_MOST = 256
_NO_TERMINAL = getattr(termios, "error", OSError)


def open_link():
    """The link for the interpreter that runs."""
    return MicroPythonStdio() if sys.implementation.name == "micropython" else CPythonStdio()


def _set_raw(descriptor):
    """Raw mode at once, keeping what the host has sent already; the setraw of either interpreter drops that."""
    try:
        modes = termios.tcgetattr(descriptor)
    except (OSError, _NO_TERMINAL):
        return  # a pipe, which is raw by itself
    modes[0] = modes[1] = modes[3] = 0  # input, output and local modes
    termios.tcsetattr(descriptor, termios.TCSANOW, modes)


class _Stdio:
    """Polling that both share: sleep on stdin, look at stdout."""

    def __init__(self, stdin, stdout):
        _set_raw(0)
        self._in = select.poll()
        self._in.register(stdin, select.POLLIN)
        self._out = select.poll()
        self._out.register(stdout, select.POLLOUT)
        self._both = select.poll()
        self._both.register(stdin, select.POLLIN)
        self._both.register(stdout, select.POLLOUT)

    def wait(self, ms, to_write):
        """Sleep until bytes arrive, or `ms` have passed, or, if `to_write`, the way is free."""
        (self._both if to_write else self._in).poll(ms)

    def _writable(self):
        for _, event in self._out.poll(0):
            if event & (select.POLLHUP | select.POLLERR):
                raise LinkClosed("stdout hung up")
            return event & select.POLLOUT
        return 0


class MicroPythonStdio(_Stdio):
    """A read waits for all that it was asked for, so bytes are taken one by one while poll says that one is there.

    Into memory that is taken once: each request would leave some kilobytes of pieces behind.
    """

    def __init__(self):
        self._one = bytearray(1)
        self._got = memoryview(bytearray(_READ_MOST))
        self._stdin = sys.stdin.buffer
        self._stdout = sys.stdout.buffer
        _Stdio.__init__(self, sys.stdin, sys.stdout)

    def read(self):
        """Bytes that wait, b"" when none does. Raises LinkClosed at the end of the stream."""
        n = 0
        while n < _READ_MOST and self._waits():
            self._got[n] = self._one[0]
            n += 1
        return bytes(self._got[:n]) if n else b""

    def _waits(self):
        """Whether a byte was there; it is in `_one`."""
        for _ in self._in.ipoll(0):  # pyright: ignore[reportAttributeAccessIssue] (MicroPython only)
            try:
                taken = self._stdin.readinto(self._one)  # pyright: ignore[reportAttributeAccessIssue]
            except OSError:
                raise LinkClosed("stdin failed")
            if taken == 0:
                raise LinkClosed("stdin ended")
            return taken is not None
        return False

    def write(self, view):
        """Bytes accepted, 0 when the way is full."""
        if not self._writable():
            return 0
        try:
            return self._stdout.write(view) or 0
        except OSError:
            raise LinkClosed("stdout does not take bytes")


class CPythonStdio(_Stdio):
    """The same on file descriptors, never blocking."""

    def __init__(self):
        os.set_blocking(0, False)
        os.set_blocking(1, False)
        _Stdio.__init__(self, 0, 1)

    def read(self):
        """Bytes that wait, b"" when none does. Raises LinkClosed at the end of the stream."""
        try:
            got = os.read(0, _READ_MOST)
        except BlockingIOError:
            return b""
        except OSError:
            raise LinkClosed("stdin failed")
        if not got:
            raise LinkClosed("stdin ended")
        return got

    def write(self, view):
        """Bytes accepted, 0 when the way is full."""
        if not self._writable():
            return 0
        try:
            return os.write(1, view)
        except BlockingIOError:
            return 0
        except OSError:
            raise LinkClosed("stdout does not take bytes")

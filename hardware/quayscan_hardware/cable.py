"""`Cable`: two ptys with a pump in between that can spoil what passes. Needs a POSIX system."""

from __future__ import annotations

import contextlib
import errno
import os
import select
import threading
import time
from collections import deque

import numpy as np

from .impairment import CableOptions, Counts, Impairment, damage

READ_BYTES = 65536
PENDING_BYTES = 262144
"""A direction stops reading while this much waits to be written: the writer feels a slow reader."""

THROTTLE_STEP_S = 0.005


def open_raw_pty() -> tuple[int, int, str]:
    """(master, slave, path of the slave) of a new pty in raw mode, neither of them inherited by children."""
    import tty

    master, slave = os.openpty()
    tty.setraw(slave)
    return master, slave, os.ttyname(slave)


class Lane:
    """One direction: reads one pty's master, spoils, writes the other's.

    `impairment` may be replaced while the cable runs; `counts` says what was done.
    """

    def __init__(self, source: int, sink: int, impairment: Impairment, rng: np.random.Generator) -> None:
        self.source = source
        self.sink = sink
        self.impairment = impairment
        self.counts = Counts()
        self._rng = rng
        self._waiting: deque[tuple[float, bytes]] = deque()
        self._pending = 0
        self._allowance = 0.0
        self._filled_at = time.monotonic()

    @property
    def wants_input(self) -> bool:
        """Whether there is room for more."""
        return self._pending < PENDING_BYTES

    def wants_output(self, now: float) -> bool:
        """Whether something is due to be written."""
        return bool(self._waiting) and self._waiting[0][0] <= now and self._allowed(now) > 0

    def sleep_s(self, now: float) -> float | None:
        """How long nothing will be due, or None when only new input can change that."""
        if not self._waiting:
            return None
        return max(self._waiting[0][0] - now, THROTTLE_STEP_S if self.impairment.throttle else 0.0)

    def read(self, now: float, cut: bool) -> None:
        """Take in what the source has."""
        data = os.read(self.source, READ_BYTES)
        if not data:
            raise OSError(errno.EIO, "the other end is closed")
        if cut:
            self.counts.cut += len(data)
            return
        data = damage(data, self.impairment, self._rng, self.counts)
        if data:
            self._waiting.append((now + self.impairment.delay_s, data))
            self._pending += len(data)

    def write(self, now: float) -> None:
        """Write what is due and fits."""
        due, data = self._waiting.popleft()
        allowed = min(len(data), self._allowed(now))
        try:
            sent = os.write(self.sink, memoryview(data)[:allowed])
        except BlockingIOError:
            sent = 0
        self._pending -= sent
        self._allowance -= sent
        if sent < len(data):
            self._waiting.appendleft((due, data[sent:]))

    def _allowed(self, now: float) -> int:
        rate = self.impairment.throttle
        if not rate:
            return READ_BYTES
        step = max(rate * THROTTLE_STEP_S, 1.0)
        self._allowance = min(self._allowance + rate * (now - self._filled_at), 2.0 * step)
        self._filled_at = now
        return int(self._allowance) if self._allowance >= step else 0


class Cable:
    """A cable between a host, which opens `port`, and a device, which is given `device_fd` as stdin and stdout.

    When the device's end goes away, or `close()` is called, the other sees a hang-up. `device_fd` is
    the parent's copy: close it with `release_device_fd()` once the device process has its own. The host's end is
    held open here, so a host may close the port and open it again.

    Attributes
    ----------
    port : path for pyserial. device_fd : file descriptor for the device process.
    to_host, to_device : the two directions, with their impairment and counts.
    """

    def __init__(self, options: CableOptions | None = None) -> None:
        options = options or CableOptions()
        host_master, self._host_slave, self.port = open_raw_pty()
        device_master, self.device_fd, _ = open_raw_pty()
        self._masters = (host_master, device_master)
        for master in self._masters:
            os.set_blocking(master, False)
        seeds = np.random.SeedSequence(options.seed).spawn(2)
        rngs = [np.random.default_rng(seed) for seed in seeds]
        self.to_host = Lane(device_master, host_master, options.to_host, rngs[0])
        self.to_device = Lane(host_master, device_master, options.to_device, rngs[1])
        self._cut = False
        self._closing = False
        self._wake_read, self._wake_write = os.pipe()
        self._thread = threading.Thread(target=self._pump, name="cable", daemon=True)
        self._thread.start()

    def __enter__(self) -> Cable:
        return self

    def __exit__(self, *exc: object) -> None:
        self.close()

    def cut(self) -> None:
        """From now on every byte is lost, in both directions, without a hang-up (a wire pulled out)."""
        self._cut = True

    def mend(self) -> None:
        """Let bytes pass again."""
        self._cut = False

    def release_device_fd(self) -> None:
        """Close the parent's copy of the device's end, so that the device's death is seen as a hang-up."""
        if self.device_fd >= 0:
            os.close(self.device_fd)
            self.device_fd = -1

    def close(self) -> None:
        """Hang up on both ends and stop the pump. May be repeated."""
        if self._closing:
            return
        self._closing = True
        os.write(self._wake_write, b"x")
        self._thread.join()
        self.release_device_fd()
        for fd in (self._host_slave, self._wake_read, self._wake_write):
            os.close(fd)

    def _pump(self) -> None:
        try:
            while not self._closing:
                self._step()
        except OSError:
            pass  # an end is gone: the hang-up below tells the other one
        finally:
            for master in self._masters:
                with contextlib.suppress(OSError):
                    os.close(master)

    def _step(self) -> None:
        lanes = (self.to_host, self.to_device)
        now = time.monotonic()
        readers = [lane.source for lane in lanes if lane.wants_input]
        writers = [lane.sink for lane in lanes if lane.wants_output(now)]
        sleeps = [s for lane in lanes if lane.sink not in writers and (s := lane.sleep_s(now)) is not None]
        readable, writable, _ = select.select([*readers, self._wake_read], writers, [], min(sleeps, default=None))
        now = time.monotonic()
        for lane in lanes:
            if lane.sink in writable:
                lane.write(now)
            if lane.source in readable:
                lane.read(now, self._cut)

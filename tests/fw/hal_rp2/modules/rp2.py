"""`rp2` for MicroPython's Unix port: a state machine takes numbers, a channel delivers a frame of falling counts.

A frame is there a few looks after it was started, as if the converter had been at work meanwhile.
"""

LOOKS = 3


class PIO:
    IN_LOW = 0
    IN_HIGH = 1
    OUT_LOW = 2
    OUT_HIGH = 3


class StateMachine:
    def __init__(self, number, program, freq=-1, in_base=None, set_base=None, sideset_base=None):
        self.last = 0

    def active(self, on):
        pass

    def put(self, value):
        self.last = value


class Flash:
    def ioctl(self, command, argument):
        return 0


class DMA:
    frames = 0

    def __init__(self):
        self._looks = 0
        self.write = b""
        self.count = 0

    def pack_ctrl(self, size, inc_read, inc_write, treq_sel):
        return 0

    def config(self, read, ctrl):
        pass

    def active(self, on=None):
        if on is not None:
            self._looks = LOOKS if on else 0
        elif self._looks:
            self._looks -= 1
            if not self._looks:
                self._deliver()
        return self._looks > 0

    def _deliver(self):
        DMA.frames += 1
        target = self.write
        i = 0
        while i < len(target):
            target[i] = (DMA.frames + i) & 0xFF
            i += 1

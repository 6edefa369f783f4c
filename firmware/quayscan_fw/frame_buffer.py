"""What the display's drawing needs of MicroPython's framebuf, for interpreters that have none."""

MONO_VLSB = 0


class FrameBuffer:
    """Dots in bytes of eight rows each, the upper one in the lowest bit, row of bytes after row of bytes."""

    def __init__(self, memory, width, height, layout):
        if layout != MONO_VLSB or height % 8:
            raise ValueError("only whole bytes of eight rows are known here")
        self._memory = memory
        self._width = width
        self._height = height

    def fill(self, colour):
        """Set all dots."""
        self._memory[:] = bytes((0xFF if colour else 0,)) * len(self._memory)

    def fill_rect(self, x, y, width, height, colour):
        """Set the dots of a rectangle, as far as it lies inside."""
        for row in range(max(0, y), min(self._height, y + height)):
            bit = 1 << row % 8
            for at in range(max(0, x), min(self._width, x + width)):
                index = row // 8 * self._width + at
                self._memory[index] = self._memory[index] | bit if colour else self._memory[index] & ~bit

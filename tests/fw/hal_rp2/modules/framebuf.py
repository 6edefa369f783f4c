"""`framebuf` for MicroPython's Unix port."""

MONO_VLSB = 0


class FrameBuffer:
    def __init__(self, memory, width, height, layout):
        pass

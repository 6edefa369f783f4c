import machine; machine.Pin(14, machine.Pin.OUT, value=0)  # fmt: skip  # noqa: E702, I001
# The light's enable, low before all else: a reset leaves the pin an input, an exception leaves it as it was.

"""A request that the device does not fulfil."""


class Refused(Exception):
    """Carries the FAULT code and a sentence for the reader."""

    def __init__(self, code, text):
        super().__init__(text)
        self.code = code
        self.text = text


def expect_empty(name, payload):
    """Raises ValueError when a request that has no payload brings one."""
    if payload:
        raise ValueError("%s: %d bytes where none belongs" % (name, len(payload)))

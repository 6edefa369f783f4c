"""What can keep a virtual board from running."""


class SimUnsupported(RuntimeError):
    """This system cannot run a virtual board; the message says what it needs."""


class SimFailed(RuntimeError):
    """The device program did not start; the message holds what it said."""

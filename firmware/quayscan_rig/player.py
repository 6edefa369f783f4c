"""A sequence of steps, each at its own microsecond: the rig's host could not be so exact."""

_WRAP = 1 << 32
_HALF = 1 << 31


def play(board, steps, set_line):
    """Do the steps of `quayscan_wire.rig.unpack_play`; the ticks when the last was done.

    Nothing else is done meanwhile: a sequence takes two seconds at most, and edges are captured by themselves.
    """
    due = now = board.ticks_us()
    for after_us, line, value in steps:
        due = (due + after_us) % _WRAP
        while since(board.ticks_us(), due) < 0:
            pass
        now = set_line(line, value)
    return now


def since(now, due):
    """Microseconds from `due` to `now`, negative before it; both wrap at 2^32."""
    return (now - due + _HALF) % _WRAP - _HALF

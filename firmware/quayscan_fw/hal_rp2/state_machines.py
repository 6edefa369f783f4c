"""PIO programs as the port's StateMachine takes them, made from the checked-in words."""

from array import array

TYPE_CHECKING = False  # tools for types take it as true
if TYPE_CHECKING:
    from rp2 import _PIO_ASM_Program

SYSTEM_HZ = 125000000
"""The clock that all waveforms count in: 8 ns a cycle. The state machines run on it undivided."""

CYCLES_PER_US = SYSTEM_HZ // 1000000


def program(source, set_levels=None, side_levels=None) -> "_PIO_ASM_Program":
    """What `rp2.asm_pio` would make of a program of `pio_words`.

    The layout is that of ports/rp2/modules/rp2.py: words, their place in either PIO (-1: not loaded), EXECCTRL,
    SHIFTCTRL, then the first levels of the pins of out, set and side-set. EXECCTRL holds the wrap (bits 12 and 7),
    SHIFTCTRL autopush (bit 16) and its threshold (bit 20); both shift registers shift to the left.

    Parameters
    ----------
    set_levels, side_levels : tuples of `rp2.PIO` levels, one a pin.
    """
    words, wrap_target, wrap, push_bits = source
    shift = (push_bits & 31) << 20 | 1 << 16 if push_bits else 0
    wraps = wrap << 12 | wrap_target << 7
    made = [array("H", words), -1, -1, wraps, shift, None, set_levels, side_levels]
    return made  # pyright: ignore[reportReturnType] (the stubs keep the layout to themselves)

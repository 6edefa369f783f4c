"""The fault campaign: what is done to a board, and what must hold all the same.

power   SIGKILL, brown-out
link    cuts, bit errors, drops and doubles, a slow reader, silence, two hosts
inputs  a stuck trigger, heat, a chattering interlock
parts   converter, clock, heap, a hung task
flash   a full one, and one whose power goes in the middle of a write
"""

from .flash import FLASH
from .inputs import INPUTS
from .link import LINK
from .parts import PARTS
from .power import POWER

FAULTS = (*POWER, *LINK, *INPUTS, *PARTS, *FLASH)

__all__ = ["FAULTS"]

"""The self-test: what a device can tell of its own soundness, each figure beside its limit.

outcome    one check's figure, limit and remedy
hands      who opens the interlock and puts things before the probe
detector   dark level, noise, pixel defects
light      linearity, light read-back
chain      key, interlock, heartbeat
axis       polystyrene's lines
run        all of them
"""

from .hands import BenchHands, Hands
from .outcome import Outcome
from .run import selftest

__all__ = ["BenchHands", "Hands", "Outcome", "selftest"]

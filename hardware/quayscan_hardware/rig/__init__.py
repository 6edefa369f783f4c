"""The rig's hands and eyes: what acts on a board from outside and watches its light.

controller        `RigController`, the contract, and the lines
bench_controller  the virtual bench
pico_controller   a second Pico that runs `quayscan_rig`
"""

from .bench_controller import BenchController
from .controller import Event, RigController, RigError, Step

__all__ = ["BenchController", "Event", "RigController", "RigError", "Step"]

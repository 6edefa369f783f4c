"""What the operator sees and hears of the safety state: a colour for each, and a tone before light comes on.

The emission indicator is a pin of its own that the guard drives and reads back; this is beside it. Colours by
IEC 60204-1, table 4: green for ready, yellow for a warning, red for danger, blue where somebody must act.
"""

from quayscan_wire.states import EMITTING, FAULT, OFF, READY, WARNING

COLOURS = {OFF: (0, 0, 0), READY: (0, 24, 0), WARNING: (48, 32, 0), EMITTING: (64, 0, 0), FAULT: (0, 0, 64)}
_UNSHOWN = -1


class Panel:
    """Follows the state; a pass in which it did not change costs a comparison."""

    def __init__(self, light, buzzer):
        self._light = light
        self._buzzer = buzzer
        self._shown = _UNSHOWN

    def show(self, state):
        """Light and tone of `state`."""
        if state == self._shown:
            return
        self._shown = state
        colour = COLOURS[state]
        self._light.show(colour[0], colour[1], colour[2])
        if state == WARNING:
            self._buzzer.on()
        else:
            self._buzzer.off()

"""What must hold after every pass of the program, whatever was done to it, told by pins and times of its own."""

from plain_board import FACTS, INDICATOR, INTERLOCK, KEY, TRIGGER, Broken


class Watch:
    """Follows hardware and host with times of its own.

    Attributes
    ----------
    provisioned, standalone : what the board was given. proved : whether the open session's host proved the key.
    beat : when the host was last heard, None when it never was. attending : whether the program says that it is
    HOSTED; either way, what that mode asks for is checked here.
    """

    def __init__(self, board):
        self._board = board
        self.provisioned = self.standalone = self.proved = False
        self.beat = None
        self.attending = False
        self._lit_since = None
        self._on_since = None

    def heartbeat(self):
        """The host was heard: STATUS, or a SCAN that was accepted."""
        self.beat = self._board.clock.now

    def look(self):
        """Raises Broken."""
        now, hardware = self._board.clock.now, self._board.hardware
        self._count_times(now, hardware)
        if hardware.enable:
            self._check_inputs(hardware)
            self._check_times(now)
            self._check_presence(now, hardware)

    def _count_times(self, now, hardware):
        if not hardware.indicator:
            self._lit_since = None
        elif self._lit_since is None:
            self._lit_since = now
        if not hardware.enable:
            self._on_since = None
        elif self._on_since is None:
            self._on_since = now

    def _check_inputs(self, hardware):
        reading = hardware.read()
        for bit, name in ((KEY, "key"), (INTERLOCK, "interlock"), (INDICATOR, "indicator")):
            if not reading.flags & bit:
                raise Broken("light is enabled without " + name)
        low, high = FACTS["detector_temp"]
        if not low <= reading.detector_temp <= high:
            raise Broken("light is enabled with the detector at %d" % reading.detector_temp)
        low, high = FACTS["light_temp"]
        if not low <= reading.light_temp <= high:
            raise Broken("light is enabled with the light at %d" % reading.light_temp)

    def _check_times(self, now):
        if now - self._lit_since < FACTS["warning_ms"]:
            raise Broken("the indicator was lit for %d ms only" % (now - self._lit_since))
        limit = FACTS["max_on_ms"] if self.attending else FACTS["standalone_max_on_ms"]
        if now - self._on_since > limit + 1:
            raise Broken("light is enabled for %d ms" % (now - self._on_since))

    def _check_presence(self, now, hardware):
        if not self.attending:
            if not hardware.flags & TRIGGER:
                raise Broken("light is enabled with nobody there")
            if not self.standalone:
                raise Broken("light is enabled on a board that was not provisioned for the trigger")
            return
        if self.beat is None or now - self.beat > FACTS["heartbeat_ms"] + 1:
            raise Broken("light is enabled without a fresh heartbeat")
        if self.provisioned and not self.proved:
            raise Broken("light is enabled and nobody proved the key")

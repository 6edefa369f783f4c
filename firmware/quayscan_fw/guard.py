"""The guard: reads the inputs, judges them, and drives light and indicator. Nothing else touches those pins."""

from quayscan_wire.states import EMITTING, FAULT, INPUT_LIGHT, WARNING

from . import checks, safety


class Guard:
    """Holds the safety state and makes the pins follow it, off first.

    Attributes
    ----------
    reading : the last `Reading`. light_on_ms : how long the last emission lasted.
    """

    def __init__(self, board, mode=safety.HOSTED):
        self._config = board.config
        self._inputs = board.inputs
        self._outputs = board.outputs
        self._clock = board.clock
        self._safety = safety.Safety(mode)
        self._power = self._least = self._most = 0
        self._beat = self._state_since = self._light_since = board.clock.ms()
        self._attended = False
        self._settled = False
        self._news = 0
        self.light_on_ms = 0
        self.off()
        self.reading = self._inputs.read()

    @property
    def mode(self):
        """HOSTED or STANDALONE."""
        return self._safety.mode

    def use(self, mode):
        """Change the arming mode; ends any light, and what was asked for in the other mode."""
        if mode != self.mode:
            self.abort()
            self._safety.mode = mode

    def permit_standalone(self, allowed):
        """Whether the board was provisioned to measure without a host."""
        self._safety.standalone = allowed

    @property
    def state(self):
        return self._safety.state

    @property
    def fault(self):
        """The latched fault, 0 when none."""
        return self._safety.fault

    @property
    def lit(self):
        """Whether light is on or about to be."""
        state = self._safety.state  # no tuple to look into: it would be made anew each time
        return state == WARNING or state == EMITTING

    def glow_ms(self):
        """For how long the light that was on may still glow, milliseconds: a filament does."""
        if self._settled or not self.light_on_ms or self.lit:
            return 0
        return max(0, self._config.follow_ms - self._clock.diff(self._clock.ms(), self._light_since))

    def input_bits(self):
        """The input bits of STATUS, with what the photodiode sees."""
        seen = self.reading.photodiode >= self._config.photodiode_on
        return self.reading.flags & (INPUT_LIGHT - 1) | (INPUT_LIGHT if seen else 0)

    def heartbeat(self):
        """The host is there."""
        self._beat = self._clock.ms()
        self._attended = True

    def forget_heartbeat(self):
        """Nobody is there until the next heartbeat."""
        self._attended = False

    def poll(self):
        """One fresh reading, all checks, and the pins after it. The one-shot is retriggered only when all passed.

        Gives the gravest breach, 0 when there is none.
        """
        self.reading = self._inputs.read()
        now = self._clock.ms()
        code = self._breach(now)
        self._event(code or safety.GOOD, now)
        if code:
            return code
        age = self._clock.diff(now, self._state_since)
        if self.state == WARNING and age >= self._config.warning_ms:
            self._event(safety.WARNED, now)
        if self.state == EMITTING:
            self._outputs.retrigger()
        return 0

    def refusal(self):
        """Why no light may come on, by a fresh reading: the latched fault, or what key, interlock or temperatures say.

        0 when nothing forbids it.
        """
        self.poll()
        return self.fault or checks.inputs_breach(self._config, self.reading)

    def arm(self, power):
        """Ask for light of `power` (0.1 mW). A fresh reading decides; whatever it forbids is latched."""
        code = self.poll()
        self._power = power
        self._least, self._most = checks.light_band(self._config, power)  # now: with the light on it would take memory
        if code:
            self._event(safety.REFUSED, self._clock.ms(), code)
        else:
            self._event(safety.ARM, self._clock.ms())

    def done(self):
        """The light frames are complete: light off."""
        self._event(safety.DONE, self._clock.ms())

    def abort(self):
        """Light off, nothing latched."""
        self._event(safety.ABORT, self._clock.ms())

    def trip(self, code):
        """A fault that the inputs do not show."""
        self._event(code, self._clock.ms())

    def clear(self):
        """Leave FAULT if a fresh reading shows its cause gone."""
        self.poll()
        if not self._causes():
            self._event(safety.CLEAR, self._clock.ms())
            self.poll()

    def take_fault(self):
        """The code of a fault that latched since the last call, 0 when none did."""
        code, self._news = self._news, 0
        return code

    def off(self):
        """Drive the pins off, whatever the state."""
        self._outputs.drive(False, False, 0)

    def _causes(self):
        light = checks.light_breach(self._config, self.reading, False, 0, 0)
        return checks.inputs_breach(self._config, self.reading) or light

    def _breach(self, now):
        """The gravest check that the last reading fails, 0 when it passes all."""
        config = self._config
        reading = self.reading
        mode = self.mode
        state = self.state
        if self._clock.diff(now, self._light_since) >= config.follow_ms:
            self._settled = True
        if self._clock.diff(now, self._beat) > config.heartbeat_ms:
            self._attended = False
        code = checks.inputs_breach(config, reading)
        if not code and self._settled:
            code = checks.light_breach(config, reading, state == EMITTING, self._least, self._most)
        if not code:
            code = checks.presence_breach(reading, mode, self._attended)
        if not code:
            age = self._clock.diff(now, self._state_since)
            code = checks.emission_breach(config, reading, mode, state, age)
        return code

    def _event(self, event, now, cause=0):
        before = self.state
        after = self._safety.handle(event, cause)
        if after != before:
            self._follow(before, after, now)

    def _follow(self, before, after, now):
        """Pins first; the account of it after."""
        if after in (WARNING, EMITTING):
            self._outputs.drive(True, after == EMITTING, self._power)
        else:
            self.off()
        if before == EMITTING:
            self.light_on_ms = self._clock.diff(now, self._state_since)
        if EMITTING in (before, after):
            self._light_since = now
            self._settled = False
        self._state_since = now
        if after == FAULT:
            self._news = self.fault

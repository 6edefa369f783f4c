"""Each guard of the device program taken out by itself: (file, text, what stands there instead, story that fails).

A text occurs once in its file; a test asserts that, so that a guard which moves takes its mutant along.
"""

MUTANTS = {
    # checks.py: what a reading must pass
    "key unchecked": (
        "checks",
        "if not reading.flags & states.INPUT_KEY:",
        "if False:",
        "key",
    ),
    "interlock unchecked": (
        "checks",
        "if not reading.flags & states.INPUT_INTERLOCK:",
        "if False:",
        "interlock",
    ),
    "detector's heat unchecked": (
        "checks",
        "config.detector_temp[0] <= reading.detector_temp <= config.detector_temp[1]",
        "config.detector_temp[0] <= reading.detector_temp",
        "detector too hot",
    ),
    "detector's cold unchecked": (
        "checks",
        "config.detector_temp[0] <= reading.detector_temp <= config.detector_temp[1]",
        "reading.detector_temp <= config.detector_temp[1]",
        "detector too cold",
    ),
    "light's heat unchecked": (
        "checks",
        "config.light_temp[0] <= reading.light_temp <= config.light_temp[1]",
        "config.light_temp[0] <= reading.light_temp",
        "light too hot",
    ),
    "light's cold unchecked": (
        "checks",
        "config.light_temp[0] <= reading.light_temp <= config.light_temp[1]",
        "reading.light_temp <= config.light_temp[1]",
        "light too cold",
    ),
    "photodiode believed": (
        "checks",
        "return faults.LIGHT_MISMATCH if seen != emitting else 0",
        "return 0",
        "photodiode goes blind",
    ),
    "dark photodiode believed": (
        "checks",
        "if seen != emitting else 0",
        "if seen and not emitting else 0",
        "photodiode goes blind",
    ),
    "stray light believed": (
        "checks",
        "if seen != emitting else 0",
        "if emitting and not seen else 0",
        "light while off",
    ),
    "heartbeat unchecked": (
        "checks",
        "return 0 if attended else faults.HEARTBEAT_LOST",
        "return 0",
        "heartbeat",
    ),
    "trigger unchecked": (
        "checks",
        "return 0 if reading.flags & states.INPUT_TRIGGER else faults.TRIGGER_RELEASED",
        "return 0",
        "trigger let go",
    ),
    "indicator unchecked before light": (
        "checks",
        "return 0 if lit or state_ms < min(SETTLE_MS, config.warning_ms) else faults.INDICATOR_DARK",
        "return 0",
        "indicator never lights",
    ),
    "indicator unchecked in light": (
        "checks",
        "    if not lit:\n",
        "    if False:\n",
        "indicator goes dark",
    ),
    "on-time unchecked": (
        "checks",
        "return faults.ON_TIME if state_ms > limit else 0",
        "return 0",
        "on-time",
    ),
    "trigger's shorter on-time forgotten": (
        "checks",
        "config.max_on_ms if mode == HOSTED else config.standalone_max_on_ms",
        "config.max_on_ms",
        "shorter on-time",
    ),
    # guard.py: when it is asked, and what the pins do
    "heartbeat never grows old": (
        "guard",
        "if self._clock.diff(now, self._beat) > config.heartbeat_ms:",
        "if False:",
        "heartbeat",
    ),
    "warning cut short": (
        "guard",
        "if self.state == WARNING and age >= self._config.warning_ms:",
        "if self.state == WARNING:",
        "key",
    ),
    "arming trusts the last reading": (
        "guard",
        "        code = self.poll()\n        self._power",
        "        code = 0\n        self._power",
        "arming reads afresh",
    ),
    "refusal ignores the latch": (
        "guard",
        "return self.fault or checks.inputs_breach",
        "return checks.inputs_breach",
        "fault refuses scan",
    ),
    "refusal ignores the inputs": (
        "guard",
        "return self.fault or checks.inputs_breach(self._config, self.reading)",
        "return self.fault",
        "scan reads afresh",
    ),
    "refusal trusts the last reading": (
        "guard",
        "        self.poll()\n        return self.fault",
        "        return self.fault",
        "scan reads afresh",
    ),
    "clear ignores causes": (
        "guard",
        "if not self._causes():",
        "if True:",
        "cause keeps fault",
    ),
    "clear ignores stray light": (
        "guard",
        "return checks.inputs_breach(self._config, self.reading) or light",
        "return checks.inputs_breach(self._config, self.reading)",
        "stray light keeps fault",
    ),
    "abort leaves light": (
        "guard",
        "self._event(safety.ABORT, self._clock.ms())",
        "pass",
        "other mode",
    ),
    "pins do not follow": (
        "guard",
        "        else:\n            self.off()\n",
        "        else:\n            pass\n",
        "key",
    ),
    "change of mode keeps light": (
        "guard",
        "            self.abort()\n",
        "            pass\n",
        "other mode",
    ),
    # safety.py
    "trigger arms any board": (
        "safety",
        "if event == ARM and self.mode == STANDALONE and not self.standalone:",
        "if False:",
        "guard needs leave",
    ),
    "later faults replace the first": (
        "safety",
        "elif before != FAULT:",
        "else:",
        "indicator never lights",
    ),
    # exposure.py, program.py
    "light stays on after the last frame": (
        "exposure",
        "            self._guard.done()\n",
        "            pass\n",
        "end of frames",
    ),
    "detector may take forever": (
        "exposure",
        "elif self._overdue():",
        "elif False:",
        "detector",
    ),
    "failure leaves light": (
        "program",
        "        self.guard.off()\n        self.guard.trip(faults.PROGRAM)\n",
        "",
        "failure",
    ),
    "failure leaves the exposure": (
        "program",
        "        self.exposure.end(faults.PROGRAM)\n",
        "",
        "failure",
    ),
    "lost link leaves light": (
        "program",
        "        self.guard.off()\n        self.guard.trip(faults.LINK_LOST)\n",
        "",
        "lost link",
    ),
    "lost link loses what waits": (
        "program",
        "        self.ring.move(self.store)\n",
        "",
        "flash full",
    ),
    # session.py, scan_request.py
    "hello leaves the exposure": (
        "session",
        "        self._exposure.end(faults.ABORTED)\n        self._guard.abort()\n        self._guard.forget",
        "        self._guard.abort()\n        self._guard.forget",
        "hello ends light",
    ),
    "hello leaves light": (
        "session",
        "        self._guard.abort()\n        self._guard.forget_heartbeat()\n",
        "        self._guard.forget_heartbeat()\n",
        "hello ends light",
    ),
    "hello counts as heartbeat": (
        "session",
        "        self._guard.forget_heartbeat()\n",
        "",
        "hello is no heartbeat",
    ),
    "repeats are done twice": (
        "session",
        "if (kind, seq) != self._last or kind == kinds.FETCH:",
        "if True:",
        "repeat",
    ),
    "two exposures at once": (
        "session",
        "if self._exposure.job != JOB_IDLE:\n            raise",
        "if False:\n            raise",
        "second scan",
    ),
    "scan ignores inputs": (
        "session",
        '        if code:\n            raise Refused(code, "no light',
        '        if False:\n            raise Refused(code, "no light',
        "scan reads afresh",
    ),
    "unproved hosts may scan": (
        "session",
        "if not self._trust.satisfied and kind not in OPEN_KINDS:",
        "if False:",
        "unproved scan",
    ),
    "unproved heartbeats count": (
        "session",
        "if kind == kinds.STATUS and self._trust.satisfied:",
        "if kind == kinds.STATUS:",
        "unproved status",
    ),
    "seals unread": (
        "session",
        "            return trust.unseal(kind, seq, payload)\n",
        "            return payload[:-12]\n",
        "replay",
    ),
    "long scans allowed": (
        "scan_request",
        '        _within("exposure_us x averages, in ms of light,", lit, 0, config.max_on_ms)\n',
        "",
        "too long a scan",
    ),
    # trust
    "any proof will do": (
        "trust",
        "not same(self._challenge.host_proof, proof)",
        "False",
        "wrong key",
    ),
    "replays allowed": (
        "trust",
        "        if count <= self._count:\n            return self.refuse()\n",
        "",
        "replay",
    ),
    "tampering allowed": (
        "../quayscan_wire/trust",
        "if not same(session.tag(",
        "if False and not same(session.tag(",
        "tampered",
    ),
    "comparison gives up early": (
        "../quayscan_wire/hmac_sha256",
        "        difference |= one[i] ^ other[i]\n",
        "        difference = one[i] ^ other[i]\n",
        "nearly the seal",
    ),
    "maintenance keeps the key": (
        "trust_requests",
        "        self._trust.forget()\n",
        "",
        "maintenance",
    ),
    "key changes while exposures wait": (
        "trust_requests",
        "        if waiting:\n",
        "        if False:\n",
        "key while waiting",
    ),
    "key changes while one runs": (
        "trust_requests",
        "    def _expect_dark(self):\n        if self._guard.lit or self._exposure.job != JOB_IDLE:",
        "    def _expect_dark(self):\n        if False:",
        "key while measuring",
    ),
    # flash
    "full flash not asked": (
        "hand_over",
        "if self._store.present and not self._store.room():",
        "if False:",
        "flash full",
    ),
    "flash read during an exposure": (
        "hand_over",
        "if slot is NOTHING and self._idle() and self._store.stored():",
        "if slot is NOTHING and self._store.stored():",
        "flash full",
    ),
    "flash written during an exposure": (
        "hand_over",
        "            if not self._idle():\n                raise",
        "            if False:\n                raise",
        "flash is left alone",
    ),
    "flash erased during an exposure": (
        "keeping",
        "if self._guard.lit or self._exposure.job != JOB_IDLE:",
        "if False:",
        "flash full",
    ),
    "silent host's exposure stays in memory": (
        "keeping",
        "if self._session.silent_ms() >= ALONE_MS:",
        "if False:",
        "silent host",
    ),
    # standalone.py
    "full flash not asked by the trigger": (
        "standalone",
        "code = guard.refusal() or self._no_room()",
        "code = guard.refusal()",
        "flash full alone",
    ),
    "trigger measures without leave": (
        "standalone",
        "return self._trust.standalone and self._session",
        "return self._session",
        "not without leave",
    ),
    "trigger measures beside a host": (
        "standalone",
        "self._session.silent_ms() >= ALONE_MS and ",
        "",
        "host is there",
    ),
    "trigger held at power-up measures": (
        "standalone",
        "self._held = True",
        "self._held = False",
        "held at power-up",
    ),
    "held trigger measures on and on": (
        "standalone",
        "pressed = held and not self._held",
        "pressed = held",
        "shorter on-time",
    ),
    "trigger's inputs unasked": (
        "standalone",
        "code = guard.refusal() or self._no_room()",
        "code = self._no_room()",
        "trigger with open interlock",
    ),
    "early release unseen": (
        "standalone",
        "elif not held and not self._guard.lit:",
        "elif False:",
        "trigger let go early",
    ),
    "fault needs a host": (
        "standalone",
        "        if guard.fault:\n            guard.clear()\n",
        "",
        "press re-arms",
    ),
}

"""What the device's own display shows: the countdown, that it measures, and what the host decided.

Drawn while the light is off, and sent a page a pass, so that nothing waits for it. Each action has a look of its own,
to be told from across a container: ALERT is dark on light, WATCH has a light head, RESCAN stripes, SEND TO LAB a frame.
"""

from quayscan_wire import faults, kinds, messages, show
from quayscan_wire.states import JOB_DELAY, JOB_IDLE

from .font import COLUMNS, HEIGHT

PAGES = 8
_ALL = 128
_HEAD = 24
_BAR_AT = 55
_LINE = 21
_SIZES = ((3, 3), (2, 2), (1, 2), (1, 1))


class Screen:
    """Draws on `display`, None for a board without one."""

    def __init__(self, display):
        self._display = display
        self._page = PAGES
        self._job = JOB_IDLE
        self._second = 0

    def handlers(self):
        """Handler by kind."""
        return {kinds.SHOW: self.show}

    def show(self, seq, payload):
        """SHOW: draw it."""
        asked = messages.unpack_show(payload)
        display = self._display
        if display and display.works:
            self._decision(asked)
        return messages.pack_show_answer(1 if display and display.works else 0)

    def no_result(self, code):
        """Say why a measurement came to nothing, or did not begin. Call with the light off."""
        if self._display:
            self._two("NO RESULT", faults.name(code).replace("_", " "))

    def step(self, lit, exposure):
        """Follow the exposure, and send a page; nothing while the light is on or about to be."""
        if lit or not self._display:
            return
        self._follow(exposure)
        if self._page < PAGES:
            self._display.show_page(self._page)
            self._page += 1

    def _follow(self, exposure):
        job = exposure.job
        left = (exposure.total - exposure.done + 9) // 10 if job == JOB_DELAY else 0
        if job == JOB_DELAY and left != self._second:
            self._two("LIGHT IN", "%d S" % left)
        elif job not in (JOB_IDLE, JOB_DELAY) and self._job in (JOB_IDLE, JOB_DELAY):
            self._two("MEASURING", "HOLD STILL")
        elif job == JOB_IDLE and self._job != JOB_IDLE:
            if exposure.last_end:
                self.no_result(exposure.last_end)
            else:
                self._two("MEASURED", "NO VERDICT YET")
        self._job = job
        self._second = left

    def _two(self, head, body):
        self._display.frame.fill(0)
        self._centred(head, 8, 1)
        self._centred(body, 34, 0)
        self._page = 0

    def _decision(self, asked):
        action = asked["action"]
        verdict, substance, note = show.VERDICTS[asked["verdict"] - 1], asked["substance"], asked["note"]
        ink = 0 if action == show.ALERT else 1
        self._display.frame.fill(1 - ink)
        self._head(action, ink)
        if _width(substance.upper(), 1) > _ALL:
            first = _first_line(substance)
            self._centred(first, 26, 3, ink)
            self._centred(substance[len(first) :].strip(), 34, 3, ink)
        else:
            self._centred(substance or verdict, 27, 1, ink)
        both = verdict + " " + note
        self._centred(both if substance and _width(both, 1) <= _ALL else note, 44, 3, ink)
        self._bar(asked["bar"], ink)
        self._page = 0

    def _head(self, action, ink):
        """The action, large, and what sets it apart."""
        frame = self._display.frame
        if action == show.WATCH:
            frame.fill_rect(0, 0, _ALL, _HEAD, 1)
        elif action == show.RESCAN:
            for x in range(0, _ALL, 8):
                frame.fill_rect(x, _HEAD - 1, 4, 3, 1)
        else:
            if action == show.SEND_TO_LAB:
                frame.fill_rect(0, 0, _ALL, 2, 1)
                frame.fill_rect(0, _HEAD - 3, _ALL, 1, 1)
            frame.fill_rect(0, _HEAD - 1, _ALL, 1, ink)
        text = show.ACTIONS[action - 1].replace("_", " ")
        narrow = _width(text, _SIZES[0][0]) > _ALL
        self._centred(text, 5 if narrow else 1, 0, 0 if action == show.WATCH else ink)

    def _bar(self, percent, ink):
        """A bar in a box, as full as `percent`, and the number."""
        if percent == show.NO_BAR:
            return
        frame = self._display.frame
        frame.fill_rect(2, _BAR_AT, 100, 8, ink)
        frame.fill_rect(3, _BAR_AT + 1, 98, 6, 1 - ink)
        frame.fill_rect(4, _BAR_AT + 2, 96 * percent // 100, 4, ink)
        self._text("%d%%" % percent, 104, _BAR_AT, 1, 1, ink)

    def _centred(self, text, y, size, ink=1):
        """The text in the largest size from `size` on that it fits in, cut where it fits in none."""
        text = text.upper()
        while size < len(_SIZES) - 1 and _width(text, _SIZES[size][0]) > _ALL:
            size += 1
        across, down = _SIZES[size]
        while _width(text, across) > _ALL:  # two dots: there is more, and "II" must not become "I"
            text = text[:-3] + ".."
        self._text(text, (_ALL - _width(text, across)) // 2, y, across, down, ink)

    def _text(self, text, x, y, across, down, ink):
        for letter in text:
            code = ord(letter) - 32
            at = 5 * (code if 0 <= code < 64 else 31)
            for column in range(5):
                self._column(COLUMNS[at + column], x + across * column, y, across, down, ink)
            x += _step(letter, across)

    def _column(self, bits, x, y, across, down, ink):
        for row in range(HEIGHT):
            if bits >> row & 1:
                self._display.frame.fill_rect(x, y + down * row, across, down, ink)


def _step(letter, across):
    """From one letter to the next: a blank is narrower."""
    return (4 if letter == " " else 6) * across


def _width(text, across):
    """Dots that the text takes."""
    return sum(_step(letter, across) for letter in text) - across


def _first_line(text):
    """As many whole words as fit into a line of the smallest letters; a part of a word that is longer."""
    end = text.find(" ")
    while end >= 0 and _width(text[: text.find(" ", end + 1)].upper(), 1) <= _ALL and text.find(" ", end + 1) > 0:
        end = text.find(" ", end + 1)
    return text[:end] if end > 0 else text[:_LINE]

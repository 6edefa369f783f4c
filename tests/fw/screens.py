"""The screens whose pictures are checked in, and the plain PBM that they are kept in.

`PYTHONPATH=firmware python tests/fw/screens.py` draws them anew; look at them before they are kept.
"""

from pathlib import Path
from types import SimpleNamespace

from quayscan_fw.display import PAGES, Screen
from quayscan_fw.frame_buffer import MONO_VLSB, FrameBuffer
from quayscan_wire import messages, show

FOLDER = Path(__file__).with_name("screen_pictures")
IDLE = SimpleNamespace(job=0, done=0, total=0, last_end=0)

DECISIONS = {
    "alert": (show.MATCH, show.ALERT, 99, "Acetone", "UN88 Table II"),
    "alert_ambiguous": (show.AMBIGUOUS, show.ALERT, 93, "Acetone / Methyl ethyl ketone", "UN88 Table II"),
    "alert_mixture": (show.MIXTURE, show.ALERT, 91, "Toluene + Acetone", "UN88 Table II"),
    "watch": (show.MATCH, show.WATCH, 95, "Methyl ethyl ketone", "EU Category 3"),
    "none_found": (show.MATCH, show.NO_CONTROLLED_FOUND, 97, "Calcium carbonate", ""),
    "unknown": (show.UNKNOWN, show.SEND_TO_LAB, show.NO_BAR, "", "nothing in the library"),
    "rescan": (show.INADEQUATE, show.RESCAN, show.NO_BAR, "", "fluorescence"),
}


class Dots:
    """A display whose dots can be read."""

    def __init__(self):
        self.works = True
        self._memory = bytearray(1024)
        self.frame = FrameBuffer(self._memory, 128, 64, MONO_VLSB)
        self.sent = {}

    def show_page(self, page):
        self.sent[page] = bytes(self._memory[128 * page : 128 * page + 128])

    def picture(self):
        """What is seen, as plain PBM: 1 is a lit dot."""
        rows = [[self.sent[y // 8][x] >> y % 8 & 1 for x in range(128)] for y in range(64)]
        return "P1\n128 64\n" + "".join("".join(map(str, row)) + "\n" for row in rows)


def decision(*fields):
    """The picture of a decision."""
    dots = Dots()
    screen = Screen(dots)
    screen.show(0, messages.pack_show(*fields))
    for _ in range(PAGES):
        screen.step(False, IDLE)
    return dots.picture()


def countdown(tenths):
    """The picture of a countdown with so many tenths left."""
    dots = Dots()
    screen = Screen(dots)
    for _ in range(PAGES):
        screen.step(False, SimpleNamespace(job=6, done=0, total=tenths, last_end=0))
    return dots.picture()


def pictures():
    """Every picture by name."""
    return {**{name: decision(*fields) for name, fields in DECISIONS.items()}, "countdown": countdown(25)}


if __name__ == "__main__":
    FOLDER.mkdir(exist_ok=True)
    for name, picture in pictures().items():
        FOLDER.joinpath(f"{name}.pbm").write_text(picture)

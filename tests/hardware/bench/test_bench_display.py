"""The display from end to end: host, wire, the program on either interpreter, the bench's dots."""

from pathlib import Path

import numpy as np
import pytest

from quayscan_hardware.bench.display import COLUMNS, PAGES, Display
from quayscan_hardware.interpreter import find_micropython
from quayscan_hardware.sim import VirtualBoard
from quayscan_wire import kinds, messages

ROOT = Path(__file__).parents[3]
ALERT = ROOT / "tests/fw/screen_pictures/alert.pbm"


def picture(path):
    rows = path.read_text().split()[3:]
    return np.array([[dot == "1" for dot in row] for row in rows])


@pytest.mark.parametrize("interpreter", ["cpython", *(["micropython"] if find_micropython() else [])])
def test_a_decision_appears_as_the_picture_that_was_looked_at(interpreter):
    wire_client = pytest.importorskip("wire_client")
    fields = (1, 1, 99, "Acetone", "UN88 Table II")
    with (
        VirtualBoard(firmware_path=ROOT / "firmware", interpreter=interpreter) as board,
        wire_client.WireClient(board.port) as client,
    ):
        answer = client.ask(kinds.SHOW, messages.pack_show(*fields))
        assert messages.unpack_show_answer(answer) == {"shown": 1}
        for _ in range(2 * PAGES):
            client.status()
        np.testing.assert_array_equal(board.bench.display.dots(), picture(ALERT))


def test_a_page_is_eight_rows_with_the_upper_one_in_the_lowest_bit():
    display = Display()
    display.show_page(1, bytes([1, 128]) + bytes(COLUMNS - 2))
    assert np.argwhere(display.dots()).tolist() == [[8, 0], [15, 1]]


@pytest.mark.parametrize(("page", "dots"), [(8, bytes(128)), (0, bytes(127))])
def test_a_page_that_does_not_fit_is_refused(page, dots):
    with pytest.raises(ValueError, match="there are 8 pages of 128"):
        Display().show_page(page, dots)

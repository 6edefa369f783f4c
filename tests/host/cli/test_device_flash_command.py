"""What `quayscan device flash` refuses before it touches anything; tests/host/flash flashes a board."""

from __future__ import annotations

import pytest
from command_line import CommandLine


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("--port", "sim:raman785", "--yes"), "has no flash"),
        (("--port", "/dev/ttyACM9"), "add --yes"),
        (("--port", "/dev/ttyACM9", "--board", "raman532", "--yes"), "choose one of nir1700, raman785"),
        ((), "--port"),
    ],
)
def test_a_wrong_request_changes_nothing_and_says_why(quayscan: CommandLine, words: tuple[str, ...], said: str) -> None:
    done = quayscan("device", "flash", *words)
    assert done.code == 2
    assert said in done.err

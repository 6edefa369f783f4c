import pytest
from pico import Chip


@pytest.fixture
def chip(monkeypatch):
    """A chip whose modules hal_rp2 imports."""
    chip = Chip()
    chip.install(monkeypatch)
    return chip


@pytest.fixture
def pins(chip):
    """GPIO numbers of each board."""
    from quayscan_fw.hal_rp2.pins import PINS

    return PINS

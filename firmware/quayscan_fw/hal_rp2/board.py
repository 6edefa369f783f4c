"""The real board, by the contract of quayscan_fw.board."""

import os

import machine
import rp2

from ..board import Config, NoTile
from .buzzer import Buzzer
from .ccd import open_ccd
from .clock import Clock
from .display import Display
from .facts import FACTS
from .ingaas_array import open_array
from .inputs import Inputs
from .link_usb import UsbLink
from .outputs import Outputs
from .panel import Panel
from .pins import PINS
from .sector_files import STORE_FOLDER, SectorFiles
from .state_machines import SYSTEM_HZ
from .status_light import StatusLight
from .watchdog import Watchdog
from .white_tile import WhiteTile


class Rp2Board:
    """All parts of the board called `name`; the light's pins are driven low before anything else is touched."""

    def __init__(self, name):
        pins = PINS[name]
        facts = dict(FACTS[name])
        self.outputs = Outputs(pins, facts["max_power"])
        if machine.freq() != SYSTEM_HZ:
            machine.freq(SYSTEM_HZ)
        facts["uid"] = machine.unique_id()
        self.config = Config(facts)
        self.inputs = Inputs(pins)
        open_detector = open_ccd if facts["technique"] == "raman" else open_array
        self.detector = open_detector(pins, facts["pixels"])
        self.tile = WhiteTile(pins) if facts["white_ms"] else NoTile()
        self.clock = Clock()
        self.flash = SectorFiles(STORE_FOLDER, facts["flash_bytes"], rp2.Flash())
        self.display = Display(pins)
        self.panel = Panel(StatusLight(pins), Buzzer(pins))
        self.random = os.urandom
        self.link = UsbLink()
        self.watchdog = Watchdog()

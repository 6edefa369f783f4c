"""The device client: requests, answers, deadlines, and exposures that arrive whole.

settings  what to measure
session   one request, one answer: sequence numbers, deadlines, retries, faults
fetch     the chunks of one exposure, asked for until complete
client    `DeviceClient`, which composes them
decode    a blob becomes an `Exposure`
screen    a decision on the device's own display
prove     both sides prove the device's key
trust     seals of frames, tags of exposures
finder    which of several ports a device is at
care      provisioning, maintenance, losses
"""

from .care import Journal, loss_text
from .client import DeviceClient
from .decode import decode_exposure
from .finder import find_port
from .screen import Screen
from .session import DeviceInfo, LinkCounts
from .settings import AutoExposure, Progress, ScanSettings

__all__ = [
    "AutoExposure",
    "DeviceClient",
    "DeviceInfo",
    "Journal",
    "LinkCounts",
    "Progress",
    "ScanSettings",
    "Screen",
    "decode_exposure",
    "find_port",
    "loss_text",
]

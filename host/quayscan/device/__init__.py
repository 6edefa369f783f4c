"""The device client: requests, answers, deadlines, and exposures that arrive whole.

settings  what to measure
session   one request, one answer: sequence numbers, deadlines, retries, faults
fetch     the chunks of one exposure, asked for until complete
client    `DeviceClient`, which composes them
decode    a blob becomes an `Exposure`
"""

from .client import DeviceClient
from .decode import decode_exposure
from .session import DeviceInfo, LinkCounts
from .settings import Progress, ScanSettings

__all__ = ["DeviceClient", "DeviceInfo", "LinkCounts", "Progress", "ScanSettings", "decode_exposure"]

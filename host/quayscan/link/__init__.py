"""The way to a device: bytes out, bytes in.

link         what a link offers
serial_link  any port or URL that pyserial opens
sim_link     a virtual board (`sim:BOARD`), started here
replay_link  a captured session (`replay:FILE`)
capture      writes a session down while it happens
ports        which ports exist, and `open_link`
"""

from .capture import CaptureLink
from .link import Link
from .ports import list_ports, open_link

__all__ = ["CaptureLink", "Link", "list_ports", "open_link"]

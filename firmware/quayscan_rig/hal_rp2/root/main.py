"""Started by MicroPython after boot."""

from quayscan_rig.hal_rp2.main import main

main()

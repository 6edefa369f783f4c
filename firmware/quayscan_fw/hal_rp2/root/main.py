"""Started by MicroPython after boot.py."""

from quayscan_fw.hal_rp2.main import main

main()

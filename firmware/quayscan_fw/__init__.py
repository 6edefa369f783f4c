"""The device program. It takes a board (see board.py) and runs on MicroPython and on CPython."""

FIRMWARE_VERSION = "0.1.0"

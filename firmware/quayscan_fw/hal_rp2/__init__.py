"""The real board: an RP2040 under MicroPython. Nothing outside this folder imports machine or rp2."""

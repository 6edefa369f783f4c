"""Started by MicroPython after boot.py.

MicroPython lets ctrl-C interrupt every script that it starts, and a prompt could read the key: that is taken back
before anything else, and a ctrl-C that was faster resets.
"""

import machine
import micropython

try:
    micropython.kbd_intr(-1)
    from quayscan_fw.hal_rp2.main import main

    main()
except KeyboardInterrupt:
    machine.reset()

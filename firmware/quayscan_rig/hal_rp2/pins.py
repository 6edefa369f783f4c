"""GPIO numbers of the rig board.

Made from hardware/quayscan_hardware/rig/rig_board.toml: change those, then `make firmware-files`.
"""

PINS = {
    "interlock": 2,
    "key": 3,
    "trigger": 4,
    "power": 5,
    "stimulus": 6,
    "light_temp_data": 14,
    "light_temp_clock": 15,
    "enable": 10,
    "indicator": 11,
    "light": 12,
    "photodiode": 26,
}

"""PIO programs: (words, wrap target, wrap, bits of a push).

Made from hardware/quayscan_hardware/pio: change those, then `make firmware-files`.
"""

ADC_FRAME = (
    (
        0x80A0,
        0xA027,
        0x2025,
        0x20A5,
        0xE153,
        0x0785,
        0xF149,
        0x1787,
        0xF74F,
        0xA442,
        0x4C01,
        0x048A,
        0x0046,
    ),
    0,
    12,
    16,
)
ADC_TRIGGERED = (
    (
        0x80A0,
        0xA027,
        0x2025,
        0x27A5,
        0xF149,
        0x1785,
        0xF74F,
        0xA442,
        0x4C01,
        0x0488,
        0x0042,
    ),
    0,
    10,
    16,
)
ARRAY_RESET = (
    (
        0x80A0,
        0xA027,
        0x2020,
        0x2FA0,
        0xFF01,
        0x1F45,
        0xFF00,
    ),
    0,
    6,
    0,
)
CCD_GATES = (
    (
        0x80A0,
        0xA027,
        0x2020,
        0x20A0,
        0xFF03,
        0xFF43,
        0x1F86,
        0xFF02,
        0x1F48,
        0xFF00,
        0xBF42,
        0xFF01,
        0xFF43,
        0x1F8D,
        0xFF00,
        0xFF4F,
        0x1F90,
        0x2020,
        0x20A0,
        0xE002,
    ),
    0,
    19,
    0,
)
SQUARE_CLOCK = (
    (
        0xFF01,
        0xFF00,
    ),
    0,
    1,
    0,
)

"""The STATUS answer: all that the host asks for between two steps."""

import struct

from . import layout

_STATUS = "<BBBBHHhhIHBIIIIB"
STATUS_NAMES = (
    "state",
    "fault",
    "inputs",
    "job",
    "done",
    "total",
    "detector_temp",
    "light_temp",
    "uptime_ms",
    "damaged",
    "pending",
    "exposure_id",
    "size",
    "crc32",
    "last_id",
    "last_end",
)


def pack_status_answer(
    state,
    fault,
    inputs,
    job,
    done,
    total,
    detector_temp,
    light_temp,
    uptime_ms,
    damaged,
    pending,
    exposure_id,
    size,
    crc32,
    last_id,
    last_end,
):
    """STATUS answer; temperatures in 0.01 degC, the counter `uptime_ms` already wrapped to 32 bits."""
    return struct.pack(
        _STATUS,
        state,
        fault,
        inputs,
        job,
        done,
        total,
        detector_temp,
        light_temp,
        uptime_ms,
        damaged,
        pending,
        exposure_id,
        size,
        crc32,
        last_id,
        last_end,
    )


def unpack_status_answer(payload):
    """Fields of the STATUS answer, keys `STATUS_NAMES`. Raises ValueError on a wrong length."""
    return layout.unpack(_STATUS, STATUS_NAMES, payload, "STATUS answer")

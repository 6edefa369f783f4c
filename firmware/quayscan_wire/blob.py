"""The blob of a finished exposure: size, metadata, the light and dark sums (u32 each, pixel order), perhaps a tag."""

import struct

from . import layout
from .kinds import CHUNK_BYTES

META_VERSION = 2
RAMAN = 1
NIR = 2
HOSTED = 1
STANDALONE = 2
FLAG_AUTHENTICATED = 1
"""The blob ends with `trust.exposure_tag` over all before it."""

FLAG_LIGHT_OFF = 2
FLAG_WHITE = 4
"""A third sum follows: the light on the board's own white tile."""

SIZE_BYTES = 2
_META = "<BBBB8s16sIHHIHHHHhhIIBBHHH"
META_NAMES = (
    "meta_version",
    "technique",
    "mode",
    "flags",
    "uid",
    "session_nonce",
    "exposure_id",
    "pixels",
    "averages",
    "exposure_us",
    "light_power",
    "photodiode",
    "adc_max",
    "saturated",
    "detector_temp",
    "light_temp",
    "light_on_ms",
    "uptime_ms",
    "auto",
    "probes",
    "target",
    "peak",
    "hot",
)
META_TEXTS = ("board", "firmware", "implementation")


def pack_metadata(fields):
    """`meta_size` and the metadata, as a blob begins; `fields` has the keys META_NAMES and META_TEXTS."""
    fixed = struct.pack(_META, *[fields[name] for name in META_NAMES])
    body = fixed + layout.pack_strings([fields[name] for name in META_TEXTS])
    return struct.pack("<H", len(body)) + body


def unpack_metadata(data):
    """The metadata at the beginning of a blob.

    Returns
    -------
    The fields as a dict, and the bytes consumed: `light_sum` begins there.

    Raises
    ------
    ValueError
        Too short, a `meta_version` that this version does not know, or a size that contradicts the texts.
    """
    if len(data) < SIZE_BYTES:
        raise ValueError("blob: %d bytes hold no metadata" % len(data))
    end = SIZE_BYTES + struct.unpack_from("<H", data, 0)[0]
    if len(data) < end:
        raise ValueError("blob: %d bytes, its metadata alone has %d" % (len(data), end))
    fields, rest = layout.unpack_head(_META, META_NAMES, bytes(data[SIZE_BYTES:end]), "metadata")
    if fields["meta_version"] != META_VERSION:
        raise ValueError("metadata version %d, known is %d" % (fields["meta_version"], META_VERSION))
    texts, used = layout.unpack_strings(rest, META_TEXTS, "metadata")
    if used != len(rest):
        raise ValueError("metadata: %d bytes too many" % (len(rest) - used))
    fields.update(texts)
    return fields, end


def chunks(total):
    """How many chunks a blob of `total` bytes has."""
    return (total + CHUNK_BYTES - 1) // CHUNK_BYTES

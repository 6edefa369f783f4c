"""A blob becomes an `Exposure`."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np

from quayscan_wire import blob as wire_blob
from quayscan_wire import measure
from quayscan_wire.hmac_sha256 import TAG_BYTES

from ..errors import ProtocolMismatch
from ..exposure import Exposure, FoundExposure

_POWER_UNITS_PER_MW = 10
_MODES = {wire_blob.HOSTED: "HOSTED", wire_blob.STANDALONE: "STANDALONE"}


def decode_exposure(blob: bytes, *, authenticated: bool = False) -> Exposure:
    """The exposure that a device's blob holds (firmware/quayscan_wire/PROTOCOL.md, "An exposure").

    Parameters
    ----------
    authenticated : whether the caller has seen the device's tag hold over these bytes.

    Raises
    ------
    ProtocolMismatch
        The metadata or the size is not what this protocol version says.
    """
    try:
        meta, start = wire_blob.unpack_metadata(blob)
    except ValueError as exc:
        raise ProtocolMismatch(f"the exposure's metadata cannot be read ({exc}): update the older side") from exc
    pixels = meta["pixels"]
    kinds = 3 if meta["flags"] & wire_blob.FLAG_WHITE else 2
    size = start + 4 * kinds * pixels + (TAG_BYTES if meta["flags"] & wire_blob.FLAG_AUTHENTICATED else 0)
    if len(blob) != size:
        raise ProtocolMismatch(f"{pixels} pixels need {size} bytes and the exposure has {len(blob)}")
    sums = np.frombuffer(blob, dtype="<u4", offset=start, count=kinds * pixels)
    return Exposure(
        light_sum=sums[:pixels],
        dark_sum=sums[pixels : 2 * pixels],
        white_sum=sums[2 * pixels :] if kinds == 3 else None,
        averages=meta["averages"],
        exposure_us=meta["exposure_us"],
        board=meta["board"],
        uid=meta["uid"].hex(),
        firmware=meta["firmware"],
        implementation=meta["implementation"],
        laser_mw=meta["light_power"] / _POWER_UNITS_PER_MW,
        detector_temp_c=meta["detector_temp"] / 100,
        light_temp_c=meta["light_temp"] / 100,
        photodiode=meta["photodiode"],
        adc_max=meta["adc_max"],
        saturated=meta["saturated"],
        uptime_ms=meta["uptime_ms"],
        exposure_id=meta["exposure_id"],
        mode=_MODES.get(meta["mode"], f"mode {meta['mode']}"),
        authenticated=authenticated,
        light_on_ms=meta["light_on_ms"],
        found=_found(meta),
        blob=blob,
    )


def _found(meta: Mapping[str, Any]) -> FoundExposure | None:
    if meta["auto"] == measure.FIXED:
        return None
    return FoundExposure(
        reason=measure.reason_name(meta["auto"]),
        probes=meta["probes"],
        target=meta["target"] / 1000,
        peak=meta["peak"] / meta["adc_max"],
        hot_pixels=meta["hot"],
    )

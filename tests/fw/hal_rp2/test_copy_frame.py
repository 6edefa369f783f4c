import struct

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quayscan_fw.hal_rp2.copy_frame import copy_frame

SAMPLES = st.lists(st.integers(0, 65535), min_size=1, max_size=60)


@given(SAMPLES, SAMPLES, st.sampled_from([0, 0xFFFF]))
def test_pixels_follow_the_dummies_and_fall_or_rise_with_light(dummies, pixels, flip):
    source = struct.pack(f"<{len(dummies + pixels)}H", *dummies, *pixels)
    target = bytearray(2 * len(pixels))
    copy_frame(source, len(dummies), target, len(pixels), flip)
    expected = [65535 - value for value in pixels] if flip else pixels
    assert list(struct.unpack(f"<{len(pixels)}H", target)) == expected


@pytest.mark.parametrize(("source", "target"), [(7, 4), (8, 3)])
def test_short_buffer_is_refused(source, target):
    with pytest.raises(ValueError, match="too short for 2 pixels"):
        copy_frame(bytes(source), 2, bytearray(target), 2, 0)

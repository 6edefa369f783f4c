import pytest
from hypothesis import given
from hypothesis import strategies as st

from quayscan_wire import bitmap, frame, messages

INDICES = st.sets(st.integers(0, 65535), min_size=1, max_size=40)


@given(INDICES)
def test_windows_ask_for_exactly_what_is_missing(missing):
    asked = [index for first, bits in bitmap.windows(missing) for index in bitmap.unpack(first, bits)]
    assert asked == sorted(missing)


@given(INDICES)
def test_every_window_fits_into_a_frame(missing):
    for first, bits in bitmap.windows(missing):
        assert frame.encode_frame(4, 1, messages.pack_fetch(1, first, bits))


def test_lowest_bit_is_the_first_chunk():
    assert bitmap.pack({3, 4, 12}) == (3, b"\x03\x02")


@pytest.mark.parametrize("missing", [set(), {-1}, {65536}])
def test_what_cannot_be_asked_for_is_refused(missing):
    with pytest.raises(ValueError, match="bitmap"):
        bitmap.pack(missing)

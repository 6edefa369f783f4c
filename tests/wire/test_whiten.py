import pytest
from hypothesis import given
from hypothesis import strategies as st

from quayscan_wire import messages, whiten


@given(st.binary(max_size=600))
def test_whitening_twice_is_nothing_and_agrees_with_the_plain_twin(data):
    plain = bytearray(len(data))
    whiten.whiten_into_plain(data, len(data), plain)
    assert whiten.whiten(data) == plain
    assert whiten.whiten(whiten.whiten(data)) == data


def test_zeros_of_a_chunk_do_not_travel_as_zeros():
    assert messages.pack_chunk(0x01010101, 0x0101, bytes(512)) == b"\x01" * 6 + b"\xa5" * 512


@pytest.mark.parametrize(("n", "room"), [(5, 9), (4, 3)])
def test_buffers_that_do_not_fit_are_refused(n, room):
    with pytest.raises(ValueError, match="do not fit"):
        whiten.whiten_into_plain(b"abcd", n, bytearray(room))

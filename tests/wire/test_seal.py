import struct

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quayscan_wire import frame, kinds, messages
from quayscan_wire.seal import CRC_TABLE, seal_into, sealed_max

U16 = st.integers(0, 0xFFFF)
DATA = st.one_of(
    st.binary(max_size=512), st.integers(0, 512).map(bytes), st.integers(0, 512).map(lambda n: b"\xa5" * n)
)


def head_of(seq, exposure_id, index):
    return struct.pack("<BHIH", kinds.CHUNK, seq, exposure_id, index)


@given(U16, st.integers(0, 2**32 - 1), U16, DATA, st.integers(0, 9), st.integers(0, 9))
def test_one_pass_gives_the_frame_that_the_parts_give(seq, exposure_id, index, data, start, tail):
    blob = memoryview(bytes(start) + data + b"more")
    out = bytearray(b"\xee" * (tail + sealed_max(9, len(data))))
    end = seal_into(head_of(seq, exposure_id, index), blob, start, len(data), out, tail)
    assert out[tail:end] == frame.encode_frame(kinds.CHUNK, seq, messages.pack_chunk(exposure_id, index, data))
    assert out[:tail] == b"\xee" * tail
    assert set(out[end:]) <= {0xEE}


def test_table_is_the_one_of_zlib():
    # the first, the second and the last entry as RFC 1952 makes them
    assert (CRC_TABLE[0], CRC_TABLE[1], CRC_TABLE[255]) == (0, 0x77073096, 0x2D02EF8D)


def test_blob_that_ends_early_is_refused():
    with pytest.raises(ValueError, match="16 bytes do not fit from 15"):
        seal_into(bytes(9), bytes(20), 5, 16, bytearray(99), 0)


def test_output_without_room_is_refused():
    with pytest.raises(ValueError, match="do not fit"):
        seal_into(bytes(9), bytes(20), 0, 20, bytearray(35), 1)

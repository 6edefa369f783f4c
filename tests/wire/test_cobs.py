import pytest
from cobs import cobs as oracle
from hypothesis import given
from hypothesis import strategies as st

from quayscan_wire import cobs

# Long runs without zero reach the full blocks of 254 bytes; single bytes and zeros reach the rest.
RUN = st.builds(lambda byte, n: bytes([byte]) * n, st.integers(0, 255), st.sampled_from([1, 2, 253, 254, 255, 508]))
DATA = st.one_of(st.binary(max_size=1100), st.lists(RUN, max_size=5).map(b"".join))


@given(DATA)
def test_encode_agrees_with_the_oracle(data):
    encoded = cobs.encode(data)
    assert encoded == oracle.encode(data)
    assert len(encoded) <= cobs.encoded_max(len(data))


@given(DATA)
def test_decode_undoes_encode(data):
    assert cobs.decode(cobs.encode(data)) == data


@given(st.one_of(st.binary(max_size=600), st.lists(RUN, max_size=4).map(b"".join)))
def test_decode_agrees_with_the_oracle_on_rubbish(data):
    try:
        expected = oracle.decode(data)
    except oracle.DecodeError:
        with pytest.raises(ValueError, match="COBS"):
            cobs.decode(data)
    else:
        assert cobs.decode(data) == expected


def test_encode_into_takes_the_first_n_bytes_only():
    out = bytearray(10)
    assert cobs.encode_into(memoryview(b"\x01\x00\x02\x03"), 3, out) == 4
    assert out[:4] == b"\x02\x01\x02\x02"


@pytest.mark.parametrize(("n", "room"), [(5, 10), (4, 4)])
def test_encode_into_refuses_buffers_that_do_not_fit(n, room):
    with pytest.raises(ValueError, match="do not fit"):
        cobs.encode_into_plain(b"abcd", n, bytearray(room))


def test_zero_inside_is_rejected():
    with pytest.raises(ValueError, match="zero"):
        cobs.decode(b"\x03a\x00")

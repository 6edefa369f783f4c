import pytest
from hypothesis import given
from hypothesis import strategies as st

from quayscan_wire import cobs, frame

FRAMES = st.lists(
    st.tuples(st.integers(0, 255), st.integers(0, 65535), st.binary(max_size=frame.MAX_PAYLOAD)), max_size=6
)


@given(FRAMES, st.data())
def test_frames_survive_any_cut_of_the_stream(frames, data):
    stream = b"".join(frame.encode_frame(*each) for each in frames)
    reader = frame.FrameReader()
    got = []
    while stream:
        n = data.draw(st.integers(1, max(1, min(len(stream), 700))))
        got += reader.feed(stream[:n])
        stream = stream[n:]
    assert got == frames
    assert reader.damaged == 0


@given(st.binary(max_size=60), st.integers(0, 10_000), st.integers(0, 7))
def test_damaged_crc_is_rejected_and_stream_resyncs(payload, where, bit):
    encoded = bytearray(frame.encode_frame(3, 9, payload))
    encoded[where % len(encoded)] ^= 1 << bit
    reader = frame.FrameReader()
    # The two delimiters close whatever the flip left open.
    reader.feed(bytes(encoded) + b"\x00")
    assert reader.feed(frame.encode_frame(2, 10)) == [(2, 10, b"")]
    assert reader.damaged >= 1


@given(st.lists(st.binary(max_size=3000), max_size=4))
def test_rubbish_never_holds_more_than_a_frame(pieces):
    reader = frame.FrameReader()
    for piece in pieces:
        reader.feed(piece)
        assert len(reader._held) <= cobs.encoded_max(frame.MAX_BODY)
    reader.feed(b"\x00")
    assert reader.feed(frame.encode_frame(2, 1)) == [(2, 1, b"")]


def test_overlong_frame_is_one_damage_and_the_next_is_read():
    reader = frame.FrameReader()
    for _ in range(50):
        assert reader.feed(b"x" * 100) == []
    assert reader.feed(b"\x00" + frame.encode_frame(2, 1, b"ok")) == [(2, 1, b"ok")]
    assert reader.damaged == 1


def test_empty_frames_are_no_damage():
    reader = frame.FrameReader()
    assert reader.feed(b"\x00\x00\x00") == []
    assert reader.damaged == 0


def test_payload_over_the_limit_is_refused():
    assert frame.FrameReader().feed(frame.encode_frame(1, 1, bytes(frame.MAX_PAYLOAD)))
    with pytest.raises(ValueError, match="1018 bytes"):
        frame.encode_frame(1, 1, bytes(frame.MAX_PAYLOAD + 1))


@pytest.mark.parametrize("size", [0, 1, 6, 1025])
def test_body_of_a_wrong_size_is_rejected(size):
    with pytest.raises(ValueError, match="a body of"):
        frame.decode_body(cobs.encode(bytes(size)))

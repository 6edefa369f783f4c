"""What host and rig board say to each other: the bytes of PROTOCOL.md, and what is refused."""

import struct

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quayscan_wire import kinds, rig

STEP = st.tuples(st.integers(0, 20000), st.sampled_from(rig.DRIVEN), st.integers(-32768, 32767))
EVENT = st.tuples(st.integers(0, 2**32 - 1), st.integers(0, 255), st.integers(-32768, 32767))


def test_bytes_are_those_of_the_page():
    assert rig.pack_drive(rig.LIGHT_TEMP, 2512).hex() == "06d009"
    assert rig.pack_clock(0x01020304).hex() == "04030201"
    assert rig.pack_play([(1500, rig.INTERLOCK, 0), (40000, rig.INTERLOCK, 1)]).hex() == "dc050000010000409c0000010100"
    assert rig.pack_events(7).hex() == "07000000"
    assert rig.pack_events_answer(7, 1, [(9, rig.ENABLE, 1)]).hex() == "07000000010009000000100100"
    assert rig.pack_read_answer(5, 1, 1234).hex() == "0500000001d204"


def test_kinds_are_nobody_else_s():
    device = {value for name, value in vars(kinds).items() if name.isupper() and name not in ("REPLY", "CHUNK_BYTES")}
    ours = {rig.DRIVE, rig.PLAY, rig.EVENTS, rig.READ}
    assert not ours & device
    assert not {one | kinds.REPLY for one in ours} & {one | kinds.REPLY for one in device}


@given(st.lists(STEP, max_size=rig.MOST_STEPS))
def test_steps_come_back_as_they_went(steps):
    assert rig.unpack_play(rig.pack_play(steps)) == steps


@given(st.integers(0, 2**32 - 1), st.integers(0, 2**16 - 1), st.lists(EVENT, max_size=rig.MOST_EVENTS))
def test_events_come_back_as_they_went(first, left, events):
    answer = rig.unpack_events_answer(rig.pack_events_answer(first, left, events))
    assert answer == {"first": first, "left": left, "events": events}


def test_the_longest_answer_fits_a_frame():
    from quayscan_wire.frame import MAX_PAYLOAD

    assert len(rig.pack_events_answer(0, 0, [(0, 1, 1)] * rig.MOST_EVENTS)) <= MAX_PAYLOAD
    assert len(rig.pack_play([(0, 1, 1)] * rig.MOST_STEPS)) <= MAX_PAYLOAD


@pytest.mark.parametrize(
    ("unpack", "payload"),
    [
        (rig.unpack_drive, b"\x01"),
        (rig.unpack_play, b"\x00" * 8),
        (rig.unpack_play, b"\x00" * 7 * (rig.MOST_STEPS + 1)),
        (rig.unpack_play, struct.pack("<IBh", rig.LONGEST_PLAY_US + 1, 1, 1)),
        (rig.unpack_events, b""),
        (rig.unpack_events_answer, b"\x00" * 8),
        (rig.unpack_read_answer, b"\x00" * 6),
        (rig.unpack_clock, b"\x00" * 3),
    ],
)
def test_another_length_is_refused(unpack, payload):
    with pytest.raises(ValueError, match=r"\d"):
        unpack(payload)


def test_too_many_steps_are_refused():
    with pytest.raises(ValueError, match="at most"):
        rig.pack_play([(0, 1, 1)] * (rig.MOST_STEPS + 1))

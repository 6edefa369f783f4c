import binascii

import pytest
from fake_board import Host
from hypothesis import given, settings
from hypothesis import strategies as st

from quayscan_wire import bitmap, blob, faults, frame, kinds, messages, states

SCAN = messages.pack_scan(5000, 2)


def finished(host, **scan):
    """A session with one finished exposure; gives its status."""
    host.hello()
    host.scan(**scan)
    host.run(400)
    host.replies()
    return host.status()


def fetch(host, exposure_id, first, bits):
    """The chunks that come, and the FETCH answer."""
    seq = host.send(kinds.FETCH, messages.pack_fetch(exposure_id, first, bits))
    chunks = []
    for _ in range(200):
        host.program.step()
        for kind, of, payload in host.replies():
            if kind == kinds.CHUNK and of == seq:
                chunks.append(messages.unpack_chunk(payload))
            elif kind == kinds.FETCH | kinds.REPLY and of == seq:
                return chunks, messages.unpack_fetch_answer(payload)
    raise AssertionError("no answer to FETCH")


@pytest.mark.parametrize("kind", [kinds.STATUS, kinds.SCAN, kinds.FETCH, kinds.ACK, kinds.ABORT, kinds.CLEAR])
def test_nothing_but_hello_opens_a_session(host, kind):
    assert host.refused(kind)["code"] == faults.NO_SESSION


def test_other_version_is_told_ours_and_gets_no_session(host):
    kind, payload = host.ask(kinds.HELLO, messages.pack_hello(2, bytes(16)))
    assert kind == kinds.HELLO | kinds.REPLY
    assert messages.unpack_hello_answer(payload)["version"] == 1
    assert host.refused(kinds.STATUS)["code"] == faults.NO_SESSION


def test_hello_with_another_version_closes_the_session_it_finds(host):
    host.hello()
    host.ask(kinds.HELLO, messages.pack_hello(9, bytes(16)))
    assert host.refused(kinds.STATUS)["code"] == faults.NO_SESSION


def test_every_hello_has_its_own_nonce(host):
    assert host.hello()["nonce"] != host.hello()["nonce"]


def test_unknown_kind_is_named(host):
    host.hello()
    fault = host.refused(0x33)
    assert (fault["code"], fault["refused_kind"]) == (faults.UNKNOWN_KIND, 0x33)
    assert "0x33" in fault["text"]


def test_repeated_scan_starts_one_exposure(host):
    host.hello()
    first = host.ask(kinds.SCAN, SCAN, seq=77)
    assert host.ask(kinds.SCAN, SCAN, seq=77) == first
    host.run(300)
    assert host.status()["pending"] == 1


def test_repeated_refusal_is_the_same_refusal(host):
    host.hello()
    first = host.ask(kinds.ACK, messages.pack_ack(5), seq=78)
    assert host.ask(kinds.ACK, messages.pack_ack(5), seq=78) == first


def test_repeated_ack_after_its_answer_was_lost_is_answered_alike(host):
    status = finished(host)
    ack = messages.pack_ack(status["exposure_id"])
    first = host.ask(kinds.ACK, ack, seq=79)
    assert first == (kinds.ACK | kinds.REPLY, messages.pack_ack_answer(status["exposure_id"], 0))
    assert host.ask(kinds.ACK, ack, seq=79) == first


def test_hello_forgets_the_earlier_answer(host):
    host.hello()
    host.ask(kinds.SCAN, SCAN, seq=77)
    host.hello()
    assert host.ask(kinds.SCAN, SCAN, seq=77)[1] == messages.pack_scan_answer(2)


def test_hello_ends_an_exposure_that_nobody_waits_for(emitting):
    emitting.hello()
    assert not emitting.hardware.enable
    status = emitting.status()
    assert (status["last_end"], status["job"], status["fault"]) == (faults.ABORTED, 0, 0)


def test_second_scan_is_busy(host):
    host.hello()
    host.scan()
    assert host.refused(kinds.SCAN, SCAN)["code"] == faults.BUSY


def test_full_ring_refuses_and_ack_makes_room():
    host = Host(flash=None)
    host.hello()
    for _ in range(2):
        host.scan()
        host.run(400)
    host.replies()
    assert host.refused(kinds.SCAN, SCAN)["code"] == faults.RING_FULL
    assert host.status()["exposure_id"] == 1
    host.ask(kinds.ACK, messages.pack_ack(1))
    assert host.status()["exposure_id"] == 2
    assert host.scan() == 3


@pytest.mark.parametrize(
    ("fields", "named"),
    [
        ({"exposure_us": 0}, "exposure_us is 0"),
        ({"exposure_us": 2_000_001}, "allowed are 1 to 2000000"),
        ({"averages": 0}, "averages is 0"),
        ({"averages": 1001}, "allowed are 1 to 1000"),
        ({"light_power": 3001}, "light_power is 3001"),
        ({"light_power": 19}, "light_power is 19, allowed are 20 to 3000"),
        ({"flags": 2}, "flags is 2"),
        ({"exposure_us": 1_000_000, "averages": 6}, "is 6060, allowed are 0 to 5000"),
    ],
)
def test_scan_out_of_range_names_value_and_range(host, fields, named):
    host.hello()
    fault = host.refused(kinds.SCAN, messages.pack_scan(**{"exposure_us": 1000, "averages": 1, **fields}))
    assert fault["code"] == faults.BAD_PAYLOAD
    assert named in fault["text"]


@pytest.mark.parametrize(
    ("kind", "payload"),
    [
        (kinds.HELLO, b""),
        (kinds.STATUS, b"x"),
        (kinds.SCAN, b"x"),
        (kinds.FETCH, bytes(6)),
        (kinds.ACK, bytes(5)),
        (kinds.ABORT, b"x"),
        (kinds.CLEAR, b"x"),
    ],
)
def test_payload_of_a_wrong_length_is_refused(host, kind, payload):
    host.hello()
    assert host.refused(kind, payload)["code"] == faults.BAD_PAYLOAD


def test_scan_without_interlock_is_refused_and_latches_nothing(host):
    host.hello()
    host.hardware.flags = 1
    assert host.refused(kinds.SCAN, SCAN)["code"] == faults.INTERLOCK_OPEN
    host.hardware.flags = 3
    host.run(3)
    assert host.status()["state"] == states.READY


def test_scan_with_the_light_left_off_needs_no_interlock(host):
    host.hello()
    host.hardware.flags = 0
    host.scan(flags=messages.FLAG_LIGHT_OFF)
    host.run(300)
    status = host.status()
    assert (status["pending"], status["last_end"]) == (1, 0)
    assert not any(indicator or enable for _, indicator, enable, _ in host.hardware.drives)


def test_scan_while_a_fault_is_latched_gets_its_code(emitting):
    emitting.hardware.flags = 1
    emitting.run(3)
    emitting.hardware.flags = 3
    assert emitting.refused(kinds.SCAN, SCAN)["code"] == faults.INTERLOCK_OPEN


def test_abort_turns_the_light_off_and_latches_nothing(emitting):
    kind, _ = emitting.ask(kinds.ABORT)
    assert kind == kinds.ABORT | kinds.REPLY
    assert not emitting.hardware.enable
    status = emitting.status()
    assert (status["fault"], status["last_end"], status["pending"]) == (0, faults.ABORTED, 0)
    assert emitting.scan() == 2


def test_damaged_frames_are_counted_and_not_acted_on(host):
    host.hello()
    bad = bytearray(frame.encode_frame(kinds.SCAN, 500, SCAN))
    bad[4] ^= 1
    host.board.link.inbox += bytes(bad)
    host.run(3)
    status = host.status()
    assert (status["damaged"], status["job"]) == (1, 0)
    host.hello()
    assert host.status()["damaged"] == 0


@settings(max_examples=40, deadline=None)
@given(st.binary(max_size=1500))
def test_rubbish_on_the_line_never_stops_the_program_or_lights_the_light(rubbish):
    host = Host()
    host.hello()
    host.board.link.inbox += rubbish + b"\0"
    host.run(20)
    host.replies()
    assert host.status()["job"] == 0
    assert not host.hardware.drives[-1][2]


def test_blob_is_the_sum_of_the_frames_that_the_detector_gave(host):
    status = finished(host, exposure_us=10000, averages=3)
    chunks, answer = fetch(host, 1, 0, b"\xff")
    data = b"".join(chunk["data"] for chunk in chunks)
    assert answer["sent"] == len(chunks) == blob.chunks(status["size"])
    assert (len(data), binascii.crc32(data)) == (status["size"], status["crc32"])
    fields, at = blob.unpack_metadata(data)
    sums = memoryview(data[at:]).cast("I").tolist()
    frames = host.board.detector.frames
    assert [lit for lit, _ in frames] == [False] * 3 + [True] * 3
    assert sums[40:] == [sum(column) for column in zip(*[values for _, values in frames[:3]], strict=True)]
    assert sums[:40] == [sum(column) for column in zip(*[values for _, values in frames[3:]], strict=True)]
    assert (fields["averages"], fields["exposure_us"], fields["light_power"]) == (3, 10000, 1000)
    assert (fields["photodiode"], fields["saturated"]) == (1500, 0)
    assert 30 <= fields["light_on_ms"] <= 45  # three frames of 10 ms and a pass or two each


def test_saturated_pixels_are_counted_once_each_and_in_light_frames_only(host):
    host.board.detector.value = lambda number, lit, pixel: 65535 if pixel < (5 if lit else 20) else 9
    finished(host)
    chunks, _ = fetch(host, 1, 0, b"\xff")
    assert blob.unpack_metadata(b"".join(chunk["data"] for chunk in chunks))[0]["saturated"] == 5


@settings(max_examples=30, deadline=None)
@given(st.sets(st.integers(0, 40), min_size=1))
def test_fetch_sends_exactly_the_chunks_that_the_bitmap_asks_for(wanted):
    host = Host(pixels=1000)
    status = finished(host, exposure_us=1000, averages=1)
    first, bits = bitmap.pack(wanted)
    chunks, answer = fetch(host, 1, first, bits)
    there = sorted(index for index in wanted if index < blob.chunks(status["size"]))
    assert [chunk["index"] for chunk in chunks] == there
    assert answer == {"exposure_id": 1, "sent": len(there)}


def test_fetch_of_what_is_not_there_is_refused(host):
    host.hello()
    fault = host.refused(kinds.FETCH, messages.pack_fetch(9, 0, b"\x01"))
    assert fault["code"] == faults.NO_SUCH_EXPOSURE
    assert "9" in fault["text"]


def test_fetch_may_be_repeated_with_the_same_seq(host):
    finished(host)
    payload = messages.pack_fetch(1, 0, b"\x01")
    assert host.ask(kinds.FETCH, payload, seq=300) == host.ask(kinds.FETCH, payload, seq=300)


def test_status_is_answered_in_the_middle_of_a_fetch(host):
    host = Host(pixels=3000)
    finished(host, exposure_us=1000, averages=1)
    host.send(kinds.FETCH, messages.pack_fetch(1, 0, b"\xff" * 6))
    host.board.link.room = 3000  # a slow reader
    host.program.step()
    host.send(kinds.STATUS, seq=900)
    for _ in range(40):
        host.board.link.room = 3000
        host.program.step()
    order = [kind for kind, _, _ in host.replies()]
    assert kinds.CHUNK in order[order.index(kinds.STATUS | kinds.REPLY) :]
    assert order.count(kinds.CHUNK) == 48


def test_exposure_waits_until_ack(host):
    status = finished(host)
    host.hello()
    assert host.status()["crc32"] == status["crc32"]
    host.ask(kinds.ACK, messages.pack_ack(1))
    assert host.refused(kinds.FETCH, messages.pack_fetch(1, 0, b"\x01"))["code"] == faults.NO_SUCH_EXPOSURE


def test_first_status_of_a_session_is_fresh_and_counts_as_heartbeat(host):
    host.hello()
    assert host.status()["state"] == states.READY
    host.hardware.flags = 1
    assert (host.status()["state"], host.status()["inputs"]) == (states.OFF, 1)

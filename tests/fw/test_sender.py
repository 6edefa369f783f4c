import binascii

from fake_board import FakeLink

from quayscan_fw.sender import SLICE, Sender
from quayscan_wire import frame, kinds, messages


def blob_of(size):
    return memoryview(bytes(i * 7 % 256 for i in range(size)))


def test_frames_are_those_of_the_wire_package():
    link = FakeLink()
    sender = Sender(link)
    sender.add(kinds.ACK | kinds.REPLY, 5, b"\0\1\2")
    sender.add_chunk(6, 9, 1, blob_of(1100))
    sender.add_chunk(6, 9, 2, blob_of(1100))
    assert sender.flush()
    expected = frame.encode_frame(kinds.ACK | kinds.REPLY, 5, b"\0\1\2")
    for index in (1, 2):
        data = blob_of(1100)[512 * index : 512 * index + 512]
        expected += frame.encode_frame(kinds.CHUNK, 6, messages.pack_chunk(9, index, data))
    assert link.outbox == expected


def test_slow_reader_gets_every_byte_in_bounded_writes():
    link = FakeLink()
    link.room = 0
    sender = Sender(link)
    sent = 0
    while sent < 20:
        while sent < 20 and sender.ready_for_chunk():
            sender.add_chunk(1, 1, sent, blob_of(20 * 512))
            sent += 1
        link.room = 100
        sender.flush()
    while not sender.flush():
        link.room = 100
    got = frame.FrameReader().feed(link.outbox)
    data = b"".join(messages.unpack_chunk(payload)["data"] for _, _, payload in got)
    assert binascii.crc32(data) == binascii.crc32(blob_of(20 * 512))
    assert max(link.writes) <= SLICE


def test_full_way_keeps_room_for_an_answer_after_chunks():
    link = FakeLink()
    link.room = 0
    sender = Sender(link)
    while sender.ready_for_chunk():
        sender.add_chunk(1, 1, 0, blob_of(512))
    assert sender.ready()
    sender.add(kinds.STATUS | kinds.REPLY, 2, bytes(Sender.answer_bytes))
    link.room = 1 << 20
    assert sender.flush()
    assert frame.FrameReader().feed(link.outbox)[-1][:2] == (kinds.STATUS | kinds.REPLY, 2)

import binascii

import pytest

from quayscan_fw.ring import FILLING, FREE, NOTHING, WAITING, Ring, Slot, clear

ZEROS = memoryview(bytes(16))


def test_sums_begin_on_a_word_whatever_the_metadata():
    for head in range(80, 90):
        slot = Slot(head, 10)
        assert (len(slot.head), len(slot.light), len(slot.dark)) == (head, 40, 40)
        assert slot.size == head + 80
        slot.light[0] = 9
        assert slot.blob[head] == 9
        assert slot.blob.obj[(-head % 4) + head] == 9


def test_slot_comes_back_with_its_sums_at_zero():
    ring = Ring(1, 5, 10)
    slot = ring.take(1, ZEROS)
    slot.sums[:] = b"\xff" * 80
    ring.release(slot)
    assert bytes(ring.take(2, ZEROS).sums) == bytes(80)


def test_clear_reaches_an_end_that_is_no_multiple():
    view = memoryview(bytearray(b"\xff" * 37))
    clear(view, ZEROS)
    assert bytes(view) == bytes(37)


def test_oldest_is_the_lowest_id_and_find_sees_only_finished_ones():
    ring = Ring(2, 5, 10)
    first, second = ring.take(3, ZEROS), ring.take(4, ZEROS)
    assert ring.full()
    assert ring.find(3) is NOTHING
    ring.finish(second)
    assert ring.oldest() is second
    ring.finish(first)
    assert (ring.oldest(), ring.find(4), ring.pending()) == (first, second, 2)
    ring.release(first)
    assert [slot.state for slot in (first, second)] == [FREE, WAITING]
    assert ring.take(5, ZEROS).state == FILLING


def test_finish_takes_the_checksum_of_the_whole_blob():
    ring = Ring(1, 5, 10)
    slot = ring.take(1, ZEROS)
    slot.head[:] = b"abcde"
    ring.finish(slot)
    assert slot.crc32 == binascii.crc32(b"abcde" + bytes(80))


def test_taking_from_a_full_ring_is_an_error_of_the_program():
    ring = Ring(1, 5, 10)
    ring.take(1, ZEROS)
    with pytest.raises(RuntimeError, match="full"):
        ring.take(2, ZEROS)

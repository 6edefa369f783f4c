"""Exposures in flash: nothing overwritten, nothing lost but what was being written, and that is named."""

import pytest
from fake_board import FakeFlash, PowerCut
from flash_fill import BLOB_BYTES, ROOM_BYTES, contents, flash_with, slot_with
from hypothesis import given, settings
from hypothesis import strategies as st

from quayscan_fw.ring import Slot
from quayscan_fw.store import Store

SLOTS = 4


def again(flash):
    """The store after power came back."""
    flash.cut_after = None
    return Store(flash, ROOM_BYTES)


def test_what_was_kept_comes_back_after_power_up_byte_for_byte():
    flash, store = flash_with(SLOTS)
    slots = [slot_with(exposure_id) for exposure_id in (5, 6, 9)]
    assert all(store.keep(slot) for slot in slots)
    store = again(flash)
    assert (store.stored(), store.room(), store.highest_id, store.lost) == (3, 1, 9, 0)
    assert contents(store) == {slot.exposure_id: bytes(slot.blob) for slot in slots}


def test_a_full_store_keeps_nothing_more_and_overwrites_nothing():
    flash, store = flash_with(SLOTS)
    for exposure_id in range(1, SLOTS + 1):
        assert store.keep(slot_with(exposure_id))
    before = bytes(flash.content)
    assert not store.keep(slot_with(99))
    assert bytes(flash.content) == before
    assert store.room() == 0


def test_every_slot_is_written_equally_often():
    flash, store = flash_with(SLOTS)
    erased = []
    flash_erase = flash.erase
    flash.erase = lambda at: erased.append(at) or flash_erase(at)
    for exposure_id in range(1, 10 * SLOTS + 1):
        assert store.keep(slot_with(exposure_id))
        assert store.release(exposure_id)
        store.prepare()
    counts = [erased.count(4096 * (1 + index)) for index in range(SLOTS)]
    assert max(counts) - min(counts) <= 1


def test_the_sequence_goes_on_after_everything_was_released():
    flash, store = flash_with(SLOTS)
    for exposure_id in range(1, 7):
        store.keep(slot_with(exposure_id))
        store.release(exposure_id)
        store = again(flash)
    store.prepare()
    assert store.highest_id == 6
    flash.cut_after = 3  # inside the seventh head
    with pytest.raises(PowerCut):
        store.keep(slot_with(7))
    assert again(flash).lost_sequence == 7


CUTS = range(1, 256 + -(-BLOB_BYTES // 256) * 256)


@pytest.mark.parametrize("kept", [0, 1, 3])
def test_a_power_cut_at_every_byte_of_a_write_loses_that_exposure_alone_and_names_it(kept):
    """Every cut after the first byte and before the last; a cut before the first byte is one before the write."""
    template, store = flash_with(SLOTS)
    before = [slot_with(exposure_id) for exposure_id in range(1, kept + 1)]
    for slot in before:
        assert store.keep(slot)
    store.prepare()
    for cut in CUTS:
        flash = FakeFlash(template.size)
        flash.content[:] = template.content
        store = again(flash)
        flash.cut_after = cut
        with pytest.raises(PowerCut):
            store.keep(slot_with(8))
        store = again(flash)
        whole = cut >= 256 + BLOB_BYTES  # the padding is blank anyway
        assert store.lost == (0 if whole else 1), cut
        if not whole:
            assert store.lost_sequence == kept + 1
            assert store.lost_id == (8 if cut >= 21 else 0)  # state, 16 bytes, their CRC
        expected = {slot.exposure_id: bytes(slot.blob) for slot in before}
        if whole:
            expected[8] = bytes(slot_with(8).blob)
        assert store.room() == SLOTS - kept - 1
        assert contents(store) == expected


def test_a_loss_is_told_until_it_is_settled_and_then_its_slot_is_used_again():
    flash, store = flash_with(3)
    store.keep(slot_with(1))
    store.prepare()
    flash.cut_after = 300
    with pytest.raises(PowerCut):
        store.keep(slot_with(2))
    for _ in range(3):
        store = again(flash)
        assert (store.lost, store.lost_sequence, store.lost_id, store.room()) == (1, 2, 2, 1)
    store.settle()
    assert store.lost == 0
    for exposure_id in (3, 4):
        assert store.keep(slot_with(exposure_id))
    store = again(flash)
    assert store.lost == 0
    assert list(contents(store)) == [1, 3, 4]


@pytest.mark.parametrize("operation", ["release", "prepare", "settle"])
def test_a_power_cut_at_every_byte_of_anything_else_loses_nothing(operation):
    def build():
        flash, store = flash_with(3)
        store.keep(slot_with(1))
        store.keep(slot_with(2))
        if operation == "prepare":
            store.keep(slot_with(3))
            store.release(1)
        if operation == "settle":
            store.prepare()
            flash.cut_after = 300
            with pytest.raises(PowerCut):
                store.keep(slot_with(3))
            store = again(flash)
        return flash, store

    for cut in [*range(1, 260), *range(260, 4096, 97)]:
        flash, store = build()
        flash.cut_after = cut
        act = {"release": lambda store: store.release(1), "prepare": Store.prepare, "settle": Store.settle}[operation]
        try:
            act(store)
        except PowerCut:
            pass
        else:
            assert cut >= (4096 if operation == "prepare" else 256)
        store = again(flash)
        assert store.lost == 0
        expected = {"release": [2], "prepare": [2, 3], "settle": [1, 2]}[operation]
        assert list(contents(store)) == expected


def test_a_full_sized_exposure_survives_sampled_cuts_of_the_next():
    room = 90 + 8 * 3648 + 32
    template = FakeFlash(4096 * (1 + 3 * 8))
    store = Store(template, room)
    first = slot_with(1, room, 3648)
    store.keep(first)
    store.prepare()
    for cut in [1, 2, 17, 20, 21, 255, 256, 257, *range(999, room + 256, 2311), room + 255]:
        flash = FakeFlash(template.size)
        flash.content[:] = template.content
        store = Store(flash, room)
        flash.cut_after = cut
        with pytest.raises(PowerCut):
            store.keep(slot_with(2, room, 3648))
        flash.cut_after = None
        store = Store(flash, room)
        assert (store.stored(), store.lost, store.lost_sequence) == (1, 1, 2)
        back = Slot(90, 3648)
        assert store.load(1, back)
        assert bytes(back.blob) == bytes(first.blob)


def test_what_lies_longest_comes_first_whatever_was_released_between():
    flash, store = flash_with(SLOTS)
    for exposure_id in (1, 2, 3):
        store.keep(slot_with(exposure_id))
    store.release(2)
    for exposure_id in (4, 5):
        store.keep(slot_with(exposure_id))
    assert list(contents(again(flash))) == [1, 3, 4, 5]


def test_a_worn_sector_is_passed_over():
    flash, store = flash_with(SLOTS)
    change = flash._change

    def worn(at, new):
        change(at, new if not 4096 <= at < 8192 or at % 4096 == 0 else bytes(len(new)))

    flash._change = worn
    slot = slot_with(1)
    assert store.keep(slot)
    assert contents(again(flash)) == {1: bytes(slot.blob)}


def test_no_flash_is_a_store_without_room():
    store = Store(None, ROOM_BYTES)
    store.prepare()
    assert (store.present, store.room(), store.stored(), store.oldest()) == (False, 0, 0, 0)
    assert not store.keep(slot_with(1))
    assert not store.release(1)
    assert not store.load(1, Slot(1, 1))


@settings(max_examples=60, deadline=None)
@given(st.lists(st.one_of(st.just("keep"), st.just("release"), st.integers(0, 1200)), max_size=40))
def test_any_history_of_writes_releases_and_power_cuts_loses_only_what_was_being_written(history):
    flash, store = flash_with(3)
    there, next_id, written = {}, 1, 0
    for step in history:
        if step == "release" and there:
            first = next(iter(there))
            store.release(first)
            del there[first]
        elif step != "release" and store.room():
            store.prepare()
            slot = slot_with(next_id)
            flash.cut_after = None if step == "keep" else step
            try:
                store.keep(slot)
                there[next_id] = bytes(slot.blob)
                written += 1
            except PowerCut:
                store = again(flash)
                if step >= 256 + BLOB_BYTES:
                    there[next_id] = bytes(slot.blob)
                    written += 1
                else:
                    assert store.lost == (1 if step else 0)
                    assert not step or store.lost_sequence == store._sequence
                    store.settle()
            flash.cut_after = None
            next_id += 1
        assert store.stored() == len(there)
    assert contents(again(flash)) == there

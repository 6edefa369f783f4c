"""Sectors as files against plain flash: the same bytes, whatever is done in whatever order."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quayscan_fw.hal_rp2.sector_files import SectorFiles

SECTOR, PAGE, SIZE = 4096, 256, 4 * 4096
ACTIONS = st.lists(
    st.one_of(
        st.tuples(st.just("write"), st.integers(0, SIZE // PAGE - 1), st.binary(min_size=PAGE, max_size=PAGE)),
        st.tuples(st.just("erase"), st.integers(0, SIZE // SECTOR - 1)),
        st.tuples(st.just("read"), st.integers(0, SIZE - 1), st.integers(0, 5000)),
    ),
    max_size=20,
)


class PlainFlash:
    def __init__(self, size):
        self.bytes = bytearray(b"\xff" * size)

    def read_into(self, at, view):
        view[:] = self.bytes[at : at + len(view)]

    def erase(self, at):
        self.bytes[at : at + SECTOR] = b"\xff" * SECTOR

    def write(self, at, data):
        for i, byte in enumerate(data):
            self.bytes[at + i] &= byte


@given(ACTIONS)
def test_reads_what_flash_would_read(tmp_path_factory, actions):
    folder = str(tmp_path_factory.mktemp("flash"))
    files, flash = SectorFiles(folder, SIZE), PlainFlash(SIZE)
    for action in actions:
        do(action, files, flash)
    assert contents(files) == contents(flash)
    assert contents(SectorFiles(folder, SIZE)) == contents(flash), "what was read is not safe from a power cut"


def do(action, *flashes):
    for flash in flashes:
        if action[0] == "write":
            flash.write(PAGE * action[1], action[2])
        elif action[0] == "erase":
            flash.erase(SECTOR * action[1])
        else:
            flash.read_into(action[1], memoryview(bytearray(min(action[2], SIZE - action[1]))))


def contents(flash):
    whole = bytearray(SIZE)
    flash.read_into(0, memoryview(whole))
    return whole


@pytest.fixture
def folder(tmp_path):
    return str(tmp_path / "store")


def test_first_page_of_a_sector_outlives_a_power_cut_at_once(folder):
    SectorFiles(folder, SIZE).write(SECTOR, b"\x51" * PAGE)
    assert contents(SectorFiles(folder, SIZE))[SECTOR : SECTOR + PAGE] == b"\x51" * PAGE


def test_whole_sector_outlives_a_power_cut(folder):
    files = SectorFiles(folder, SIZE)
    for page in range(SECTOR // PAGE):
        files.write(PAGE * page, bytes([page]) * PAGE)
    expected = b"".join(bytes([page]) * PAGE for page in range(SECTOR // PAGE))
    assert contents(SectorFiles(folder, SIZE))[:SECTOR] == expected


def test_power_cut_loses_pages_of_the_sector_being_written_only(folder):
    files = SectorFiles(folder, SIZE)
    for page in range(18):
        files.write(PAGE * page, b"\x00" * PAGE)
    after = contents(SectorFiles(folder, SIZE))
    assert after[: SECTOR + PAGE] == bytes(SECTOR + PAGE)
    assert set(after[SECTOR + PAGE :]) == {0xFF}


def test_spending_a_slot_outlives_a_power_cut(folder):
    files = SectorFiles(folder, SIZE)
    files.write(0, b"\x51" + b"\x11" * 255)
    files.write(0, b"\x00" + b"\xff" * 255)
    assert contents(SectorFiles(folder, SIZE))[:PAGE] == b"\x00" + b"\x11" * 255


def test_store_keeps_and_gives_back_exposures_on_files(folder):
    from quayscan_fw.ring import Ring
    from quayscan_fw.store import Store

    ring = Ring(1, 90, 64)
    slot = ring.take(5, bytes(512))
    slot.light[:4] = b"\x01\x02\x03\x04"
    ring.finish(slot, b"")
    blob = bytes(slot.blob)
    assert Store(SectorFiles(folder, SIZE * 2), ring.room_bytes).keep(slot)
    store = Store(SectorFiles(folder, SIZE * 2), ring.room_bytes)
    assert (store.stored(), store.oldest()) == (1, 5)
    slot.light[:4] = bytes(4)
    assert store.load(5, slot)
    assert bytes(slot.blob) == blob

"""Measuring by the trigger, and where exposures wait when nobody takes them."""

import binascii

import pytest
from fake_board import INTERLOCK, KEY, TRIGGER, Host, PowerCut
from screens import Dots
from test_session import fetch, finished
from trusted_host import TrustedHost

from quayscan_fw.display import PAGES, Screen
from quayscan_fw.keeping import ALONE_MS, STALLED_MS
from quayscan_fw.program import Program
from quayscan_wire import blob, faults, kinds, messages, states

READY = KEY | INTERLOCK


class Operator(TrustedHost):
    """A provisioned board whose host has gone, and a hand on its trigger."""

    def __init__(self, **changes):
        super().__init__(**changes)
        self.alone()

    def alone(self):
        self.beating = False
        self.run(ALONE_MS + 5)

    def hold(self, ms):
        self.hardware.flags |= TRIGGER
        self.run(ms)

    def let_go(self, ms=5):
        self.hardware.flags &= ~TRIGGER
        self.run(ms)

    @property
    def was_lit(self):
        return any(enable for _, _, enable, _ in self.hardware.drives)


@pytest.fixture
def operator():
    return Operator()


def test_a_press_that_begins_nothing_says_why_on_the_display(operator):
    operator.board.display = operator.program.screen._display = Dots()
    operator.hardware.flags &= ~INTERLOCK
    operator.hold(20)
    refused = operator.board.display.picture()
    screen = Screen(dots := Dots())
    screen.no_result(faults.INTERLOCK_OPEN)
    for _ in range(PAGES):
        screen.step(False, operator.program.exposure)
    assert refused == dots.picture()
    assert not operator.was_lit


def test_holding_the_trigger_measures_and_stores(operator):
    operator.hold(500)
    operator.let_go()
    assert operator.was_lit
    assert not operator.hardware.enable
    assert (operator.program.store.stored(), operator.program.ring.pending()) == (1, 0)
    operator.hello()
    status = operator.status()
    chunks, _ = fetch(operator, status["exposure_id"], 0, b"\xff")
    fields, _ = blob.unpack_metadata(b"".join(chunk["data"] for chunk in chunks))
    assert (fields["mode"], fields["flags"]) == (blob.STANDALONE, blob.FLAG_AUTHENTICATED)
    assert (fields["averages"], fields["exposure_us"]) == (3, 20_000)
    assert fields["uptime_ms"] > ALONE_MS
    assert operator.journal()["standalone_end"] == 0


def test_one_press_is_one_exposure(operator):
    operator.hold(3000)
    assert operator.program.store.stored() == 1
    operator.let_go()
    operator.hold(500)
    assert operator.program.store.stored() == 2


def test_a_trigger_held_since_power_up_measures_nothing():
    operator = Operator()
    operator.hardware.flags |= TRIGGER
    operator.program = Program(operator.board)
    operator.run(1000)
    assert operator.program.store.stored() == 0


@pytest.mark.parametrize("provisioning", [None, 0])
def test_a_board_that_was_not_provisioned_for_it_ignores_the_trigger(provisioning):
    host = Host() if provisioning is None else TrustedHost(flags=provisioning)
    host.beating = False
    host.run(ALONE_MS + 5)
    host.hardware.flags |= TRIGGER
    host.run(1000)
    assert not any(indicator or enable for _, indicator, enable, _ in host.hardware.drives)
    assert host.program.store.stored() == 0


def test_letting_go_turns_the_light_off_at_once_and_stores_nothing(operator):
    operator.hold(60 + 60 + 5)
    operator.run(10)
    assert operator.hardware.enable
    operator.let_go(2)
    assert not operator.hardware.enable
    assert not operator.hardware.indicator
    operator.run(50)
    assert operator.program.store.stored() == 0
    operator.hello()
    assert operator.journal()["standalone_end"] == faults.TRIGGER_RELEASED


def test_letting_go_during_the_dark_frames_ends_it_without_a_fault(operator):
    operator.hold(20)
    operator.let_go(500)
    assert not operator.was_lit
    assert (operator.program.guard.fault, operator.program.exposure.job) == (0, 0)


def test_letting_go_and_pressing_anew_re_arms_after_a_fault(operator):
    operator.hold(150)
    operator.let_go(50)
    assert operator.program.guard.fault == faults.TRIGGER_RELEASED
    operator.hold(500)
    assert operator.program.store.stored() == 1


def test_a_cause_that_is_still_there_keeps_the_fault(operator):
    operator.hold(150)
    operator.hardware.flags &= ~INTERLOCK
    operator.run(3)
    assert operator.program.guard.fault == faults.INTERLOCK_OPEN
    operator.let_go()
    operator.hold(500)
    assert operator.program.guard.fault == faults.INTERLOCK_OPEN
    assert operator.program.store.stored() == 0


def test_the_light_stays_on_for_the_shorter_time_alone(operator):
    operator.board.config.standalone_max_on_ms = 150
    slow = operator.board.detector.start
    operator.board.detector.start = lambda exposure_us: slow(4 * exposure_us)
    operator.hold(1500)
    on = next(at for at, _, enable, _ in operator.hardware.drives if enable)
    off = next(at for at, _, enable, _ in operator.hardware.drives if at > on and not enable)
    assert off - on <= 152
    operator.hello()
    assert operator.journal()["standalone_end"] == faults.ON_TIME


def test_averages_are_cut_to_what_the_shorter_time_allows(operator):
    operator.board.config.standalone_max_on_ms = 70  # two frames of 20 ms, with their read-out
    operator.hold(500)
    operator.hello()
    chunks, _ = fetch(operator, operator.status()["exposure_id"], 0, b"\xff")
    assert blob.unpack_metadata(b"".join(chunk["data"] for chunk in chunks))[0]["averages"] == 2


def test_a_host_that_is_there_keeps_the_trigger_idle():
    host = TrustedHost()
    host.hello()
    host.run(2000)
    host.hardware.flags |= TRIGGER
    host.run(1000)
    assert not any(enable for _, _, enable, _ in host.hardware.drives)


def test_a_hello_ends_a_measurement_by_the_trigger(operator):
    operator.hold(150)
    assert operator.hardware.enable
    operator.hello()
    assert not operator.hardware.enable
    assert operator.program.guard.mode == blob.HOSTED
    operator.beating = True
    operator.scan()
    operator.run(300)
    operator.replies()
    assert operator.status()["last_end"] == 0


def test_a_full_flash_refuses_either_way_and_overwrites_nothing():
    operator = Operator(flash_bytes=4096 * 3)
    for _ in range(2):
        operator.hold(500)
        operator.let_go()
    before = bytes(operator.board.flash.content[4096:])
    drives = len(operator.hardware.drives)
    operator.hold(500)
    operator.let_go()
    assert not any(enable for _, _, enable, _ in operator.hardware.drives[drives:])
    assert bytes(operator.board.flash.content[4096:]) == before
    operator.hello()
    assert operator.journal()["standalone_end"] == faults.STORE_FULL
    assert operator.refused(kinds.SCAN, messages.pack_scan(5000, 2))["code"] == faults.STORE_FULL


def test_an_exposure_that_the_host_did_not_take_goes_to_flash_and_can_still_be_released():
    host = Host()
    status = finished(host)
    assert (host.program.store.stored(), status["pending"]) == (0, 1)
    host.beating = False
    host.run(ALONE_MS + 5)
    assert (host.program.store.stored(), host.program.ring.pending()) == (1, 0)
    assert host.ask(kinds.ACK, messages.pack_ack(1))[1] == messages.pack_ack_answer(1, 0)
    assert host.program.store.stored() == 0


def test_a_lost_link_puts_what_waits_into_flash_light_off_first(emitting):
    emitting.ask(kinds.ABORT)
    emitting.scan(exposure_us=5000, averages=2)
    emitting.run(300)
    emitting.scan(exposure_us=500000, averages=2)
    emitting.run(1200)
    assert emitting.hardware.enable
    emitting.program.lose_link()  # FakeFlash asserts that the light is off
    assert not emitting.hardware.enable
    assert emitting.program.store.stored() == 1
    again = Host(flash=emitting.board.flash)
    again.hello()
    assert again.status()["pending"] == 1


def test_exposures_from_flash_come_with_ids_that_no_new_one_has():
    host = Host()
    finished(host)
    host.program.lose_link()
    again = Host(flash=host.board.flash)
    again.hello()
    assert again.status()["exposure_id"] == 1
    assert again.scan() == 2


def test_staged_exposures_make_room_for_a_scan():
    host = Host(ring=1)
    finished(host)
    host.program.lose_link()
    again = Host(flash=host.board.flash, ring=1)
    again.hello()
    assert again.status()["exposure_id"] == 1  # brought into memory
    again.scan()
    again.run(300)
    again.replies()
    assert again.status()["pending"] == 2
    for exposure_id in (2, 1):
        assert again.status()["exposure_id"] == exposure_id
        again.ask(kinds.ACK, messages.pack_ack(exposure_id))
    assert again.status()["pending"] == 0


def test_a_repeated_fetch_while_silent_is_not_disturbed_by_the_move():
    host = Host(pixels=1000)
    status = finished(host, exposure_us=1000, averages=1)
    host.beating = False
    host.send(kinds.FETCH, messages.pack_fetch(1, 0, b"\xff\xff"))
    data = b""
    for _ in range(40):  # a link so slow that the host is silent for longer than ALONE_MS
        host.board.link.room = 500
        host.run(100)
        chunks = [messages.unpack_chunk(payload) for kind, of, payload in host.replies() if kind == kinds.CHUNK]
        data += b"".join(chunk["data"] for chunk in chunks)
    assert (len(data), binascii.crc32(data)) == (status["size"], status["crc32"])


def test_a_host_that_stops_reading_holds_up_neither_the_trigger_nor_the_flash():
    host = Operator(pixels=1000, ring=1, flash_bytes=4096 * 20)
    finished(host, exposure_us=1000, averages=1)
    host.beating = False
    host.board.link.room = 700
    host.send(kinds.FETCH, messages.pack_fetch(1, 0, b"\xff\xff"))
    host.run(ALONE_MS + 500)
    assert host.program.session.busy()
    assert host.program.store.stored() == 0
    host.hold(500)
    assert host.program.store.stored() == 2
    assert host.program.guard.fault == 0


def test_chunks_that_nobody_reads_are_given_up_in_the_end():
    host = Host(pixels=1000)
    finished(host, exposure_us=1000, averages=1)
    host.beating = False
    host.board.link.room = 700
    host.send(kinds.FETCH, messages.pack_fetch(1, 0, b"\xff\xff"))
    host.run(STALLED_MS - 100)
    assert host.program.store.stored() == 0
    host.run(200)
    assert host.program.store.stored() == 1


def test_what_a_power_cut_took_is_told_until_the_host_has_noted_it(operator):
    operator.board.flash.cut_after = 300
    with pytest.raises(PowerCut):
        operator.hold(1000)
    operator.board.flash.cut_after = None
    operator.hardware.flags = READY
    operator.program = Program(operator.board)
    operator.hello()
    told = operator.journal()
    assert (told["lost"], told["lost_sequence"], told["stored"]) == (1, 1, 0)
    assert operator.journal(noted=told["lost"])["lost"] == 1
    assert operator.journal()["lost"] == 0
    assert operator.status()["state"] in (states.OFF, states.READY)

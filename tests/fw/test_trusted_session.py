"""Who may do what on a board with a key."""

import pytest
from fake_board import Host, PowerCut
from test_session import SCAN, fetch, finished
from trusted_host import KEY, TrustedHost

from quayscan_fw.program import Program
from quayscan_wire import blob, faults, frame, kinds, messages, states, trust
from quayscan_wire.hmac_sha256 import HmacKey


@pytest.fixture
def trusted():
    return TrustedHost()


def plain_scan(seq):
    return frame.encode_frame(kinds.SCAN, seq, SCAN)


def test_hello_tells_that_the_board_has_a_key(trusted):
    assert Host.hello(trusted)["flags"] == 1


def test_both_sides_prove_the_key(trusted):
    assert trusted.prove()[0] == kinds.AUTH | kinds.REPLY  # `prove` compares the device's proof


def test_a_wrong_key_is_refused_and_counted(trusted):
    kind, payload = trusted.prove(key=bytes(32))
    assert (kind, messages.unpack_fault(payload)["code"]) == (kinds.FAULT, faults.AUTH_FAILED)
    trusted.hello()
    assert trusted.journal()["refused"] == 1


def test_the_proof_of_an_earlier_session_is_worth_nothing(trusted):
    trusted.hello()
    auth = trusted.sent[-1]
    trusted.session = None
    Host.hello(trusted)
    trusted.inject(auth)
    assert trusted.refused(kinds.SCAN, SCAN)["code"] == faults.AUTH_REQUIRED


@pytest.mark.parametrize(
    ("kind", "payload"),
    [
        (kinds.SCAN, SCAN),
        (kinds.ACK, messages.pack_ack(1)),
        (kinds.CLEAR, b""),
        (kinds.PROVISION, messages.pack_provision(bytes(range(32)), 0)),
        (kinds.MAINTAIN, b""),
        (kinds.JOURNAL, messages.pack_journal()),
        (kinds.MEASURE, messages.pack_measure(5000, 2, delay_ms=10)),
        (kinds.SHOW, messages.pack_show(1, 1, 50, "acetone", "")),
    ],
)
def test_an_unproved_host_may_only_look(trusted, kind, payload):
    Host.hello(trusted)
    assert trusted.refused(kind, payload)["code"] == faults.AUTH_REQUIRED
    assert trusted.status()["state"] == states.OFF  # looking is no heartbeat either
    assert trusted.ask(kinds.ABORT)[0] == kinds.ABORT | kinds.REPLY


def test_an_unproved_status_is_no_heartbeat(trusted):
    trusted.hello()
    trusted.scan(exposure_us=500000, averages=3)
    trusted.run(1760)
    assert trusted.hardware.light
    trusted.beating = False
    for _ in range(50):  # somebody else on the line keeps asking
        trusted.inject(frame.encode_frame(kinds.STATUS, 7))
        trusted.run(10)
    assert not trusted.hardware.enable
    assert trusted.status()["fault"] == faults.HEARTBEAT_LOST


def test_a_proved_host_measures_and_the_tag_holds(trusted):
    status = finished(trusted)
    chunks, _ = fetch(trusted, status["exposure_id"], 0, b"\xff")
    data = b"".join(chunk["data"] for chunk in chunks)
    assert len(data) == status["size"]
    assert data[-32:] == trust.exposure_tag(HmacKey(KEY), data[:-32])
    fields, _ = blob.unpack_metadata(data)
    assert fields["flags"] == blob.FLAG_AUTHENTICATED


def test_a_board_without_a_key_tags_nothing_and_says_so(host):
    status = finished(host)
    chunks, _ = fetch(host, 1, 0, b"\xff")
    fields, start = blob.unpack_metadata(b"".join(chunk["data"] for chunk in chunks))
    assert (fields["flags"], status["size"]) == (0, start + 8 * 40)


def test_a_replayed_frame_is_dropped_and_counted(trusted):
    trusted.hello()
    trusted.scan()
    scan = trusted.sent[-1]
    trusted.run(400)
    trusted.replies()
    before = trusted.status()
    for _ in range(3):
        trusted.inject(scan)
        assert trusted.replies() == []
    after = trusted.status()
    assert (after["job"], after["pending"], after["last_id"]) == (0, before["pending"], before["last_id"])
    assert trusted.journal()["refused"] == 3


def test_a_frame_that_comes_after_a_later_one_is_dropped(trusted):
    trusted.hello()
    inbox = trusted.board.link.inbox
    trusted.send(kinds.SCAN, SCAN)
    late, trusted.board.link.inbox = trusted.board.link.inbox, inbox
    trusted.status()
    trusted.inject(late)
    assert trusted.status()["job"] == 0
    assert trusted.journal()["refused"] == 1


def test_an_unsealed_frame_in_a_sealed_session_is_dropped(trusted):
    trusted.hello()
    trusted.inject(plain_scan(900))
    assert trusted.replies() == []
    assert trusted.status()["job"] == 0
    assert trusted.journal()["refused"] == 1


def test_a_false_auth_between_a_request_and_its_repeat_does_not_double_it(trusted):
    trusted.hello()
    first = trusted.ask(kinds.SCAN, SCAN, seq=500)
    trusted.inject(frame.encode_frame(kinds.AUTH, 501, bytes(32)))
    assert trusted.ask(kinds.SCAN, SCAN, seq=500) == first


def test_a_repeat_by_the_host_gets_the_earlier_answer(trusted):
    trusted.hello()
    first = trusted.ask(kinds.SCAN, SCAN, seq=77)
    assert trusted.ask(kinds.SCAN, SCAN, seq=77) == first
    trusted.run(300)
    trusted.replies()
    assert trusted.status()["pending"] == 1


def test_a_repeated_hello_gets_the_same_nonce_so_that_a_lost_answer_costs_nothing(trusted):
    payload = messages.pack_hello(1, b"n" * 16)
    first = trusted.ask(kinds.HELLO, payload, seq=9)
    assert trusted.ask(kinds.HELLO, payload, seq=9) == first
    assert trusted.ask(kinds.HELLO, messages.pack_hello(1, b"m" * 16), seq=9) != first


def test_a_repeated_auth_is_answered_alike(trusted):
    trusted.hello()
    auth = trusted.sent[-1]
    trusted.inject(auth)
    assert [kind for kind, _, _ in trusted.replies()] == [kinds.AUTH | kinds.REPLY]
    assert trusted.journal()["refused"] == 0


def test_no_answer_and_no_fault_holds_the_key(trusted):
    finished(trusted)
    written = bytearray(trusted.board.link.outbox)
    trusted.board.link.write = lambda view: written.extend(view) or len(view)
    for kind in range(256):
        for payload in (b"", KEY, bytes(33), messages.pack_fetch(1, 0, b"\xff")):
            Host.send(trusted, kind, payload)
            trusted.program.step()
    for _, _, payload in frame.FrameReader().feed(bytes(written)):
        assert KEY not in payload
        assert KEY not in bytes(byte ^ 0xA5 for byte in payload)


def test_the_key_outlives_power_and_maintenance_erases_it(trusted):
    flash = trusted.board.flash
    assert KEY in flash.content
    trusted.program = Program(trusted.board)
    trusted.hello()
    assert trusted.ask(kinds.MAINTAIN)[0] == kinds.MAINTAIN | kinds.REPLY
    assert trusted.program.leaving()
    assert KEY not in flash.content
    assert not trusted.hardware.enable
    trusted.session = None
    trusted.program = Program(trusted.board)
    assert Host.hello(trusted)["flags"] == 0


@pytest.mark.parametrize(
    ("kind", "payload"), [(kinds.MAINTAIN, b""), (kinds.PROVISION, messages.pack_provision(KEY, 0))]
)
def test_the_key_does_not_change_while_an_exposure_waits_or_runs(trusted, kind, payload):
    finished(trusted)
    assert trusted.refused(kind, payload)["code"] == faults.BUSY
    trusted.ask(kinds.ACK, messages.pack_ack(1))
    trusted.scan(exposure_us=200000)
    assert trusted.refused(kind, payload)["code"] == faults.BUSY


def test_another_key_replaces_the_first_and_the_running_session_goes_on(trusted):
    trusted.hello()
    other = bytes(range(32, 64))
    assert trusted.ask(kinds.PROVISION, messages.pack_provision(other, 0))[0] == kinds.PROVISION | kinds.REPLY
    assert trusted.status()["state"] in (states.OFF, states.READY)
    assert trusted.prove()[0] == kinds.FAULT
    assert trusted.prove(key=other)[0] == kinds.AUTH | kinds.REPLY


@pytest.mark.parametrize("payload", [bytes(33), messages.pack_provision(KEY, 2), b"short"])
def test_a_key_of_zeros_unknown_flags_and_wrong_lengths_are_refused(host, payload):
    host.hello()
    assert host.refused(kinds.PROVISION, payload)["code"] == faults.BAD_PAYLOAD


def test_a_board_without_flash_keeps_no_key():
    host = Host(flash=None)
    host.hello()
    assert host.refused(kinds.PROVISION, messages.pack_provision(KEY, 0))["code"] == faults.STORE_FULL


@pytest.mark.parametrize("cut", [0, 1, 40, 4000, 4096, 4100, 4136, 4200])
def test_a_power_cut_while_a_key_is_written_leaves_none_or_all_of_it(cut):
    host = Host()
    host.hello()
    host.board.flash.cut_after = cut
    host.send(kinds.PROVISION, messages.pack_provision(KEY, 0))
    with pytest.raises(PowerCut):
        host.run(5)
    host.board.flash.cut_after = None
    host.program = Program(host.board)
    assert Host.hello(host)["flags"] == (1 if cut >= 4096 + 41 else 0)

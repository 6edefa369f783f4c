"""Somebody without the key has the cable: no light, no crash, no wedged session, nothing released, no false record."""

import random

import pytest
from attacker import Attacker
from machine_process import MachineProcess
from running_device import MICROPYTHON
from test_session import SCAN, fetch, finished
from trusted_host import KEY, TrustedHost

from quayscan_wire import faults, kinds, messages, trust
from quayscan_wire.hmac_sha256 import HmacKey

BURST = 50


def overheard_session(host):
    """The frames of a whole earlier session: proofs, a scan with light, fetch, ack, journal."""
    status = finished(host)
    fetch(host, status["exposure_id"], 0, b"\xff")
    host.ask(kinds.ACK, messages.pack_ack(status["exposure_id"]))
    host.journal()
    return list(host.sent)


def attack(host, attacker, frames):
    """Put that many frames on the line, in bursts; gives which faults the program told unasked."""
    hardware = host.hardware
    for start in range(0, frames, BURST):
        host.board.link.inbox += b"".join(attacker.frame() for _ in range(min(BURST, frames - start)))
        while host.board.link.inbox or host.program.session.busy():
            host.board.clock.now += 1
            host.program.step()
            assert not hardware.enable
            assert not hardware.indicator
        host.board.link.outbox = b""
    return host.unasked


def assert_unharmed(host, waiting):
    """The rightful host finds its board as it left it."""
    host.reader.feed(b"\0")
    host.inject(b"\0")
    host.board.link.outbox = b""
    host.hello()
    host.run(5)
    host.replies()
    status = host.status()
    assert (status["pending"], status["fault"], status["job"]) == (waiting, 0, 0)
    if waiting:
        chunks, _ = fetch(host, status["exposure_id"], 0, b"\xff")
        data = b"".join(chunk["data"] for chunk in chunks)
        assert data[-32:] == trust.exposure_tag(HmacKey(KEY), data[:-32])
    assert host.journal()["refused"] > 0


def campaign(frames, seed):
    """A third each: inside the host's proved session, with HELLOs of its own, and with no session that was proved."""
    host = TrustedHost()
    overheard = overheard_session(host)
    host.scan(exposure_us=5000, averages=2)
    host.run(300)
    host.replies()
    lit_before = sum(enable for _, _, enable, _ in host.hardware.drives)
    rng = random.Random(seed)
    overheard += host.sent
    assert attack(host, Attacker(rng, overheard, spares_session=True), frames // 3) == []
    host.inject(b"\0")
    host.replies()
    assert host.status()["pending"] == 1  # the very session that was attacked goes on
    assert attack(host, Attacker(rng, overheard), frames // 3) == []
    assert_unharmed(host, waiting=1)
    host.session = None
    host.ask(kinds.HELLO, messages.pack_hello(1, b"attacker's nonce"))
    assert attack(host, Attacker(rng, overheard), frames - 2 * (frames // 3)) == []
    assert sum(enable for _, _, enable, _ in host.hardware.drives) == lit_before
    assert_unharmed(host, waiting=1)
    return host


def test_five_thousand_frames_without_the_key_do_nothing():
    campaign(5000, seed=1)


@pytest.mark.slow
@pytest.mark.timeout(3600)
def test_a_hundred_thousand_frames_without_the_key_do_nothing():
    host = campaign(100_000, seed=2)
    print(f"refused {host.program.trust.refused}, damaged {host.status()['damaged']}")


def test_an_attack_during_an_exposure_never_outlives_the_hosts_heartbeat():
    for seed in range(8):
        host = TrustedHost()
        overheard = overheard_session(host)
        host.scan(exposure_us=300_000, averages=3)
        host.run(900 + 60 + 50)
        assert host.hardware.enable
        host.beating = False
        attacker = Attacker(random.Random(seed), [*overheard, *host.sent])
        left = host.board.config.heartbeat_ms + 2
        for _ in range(left):
            host.board.link.inbox += attacker.frame()
            host.board.clock.now += 1
            host.program.step()
        assert not host.hardware.enable
        host.board.link.inbox = b""
        host.run(50)
        drives = len(host.hardware.drives)
        attack(host, attacker, 300)
        assert not any(enable for _, _, enable, _ in host.hardware.drives[drives:])


@pytest.mark.skipif(MICROPYTHON is None, reason="no micropython for this platform")
def test_three_thousand_frames_do_nothing_on_micropython_either():
    host = TrustedHost()
    attacker = Attacker(random.Random(7), overheard_session(host))
    machine = MachineProcess("micropython")
    try:
        for event in ("hello", "provision 1", "prove", "scan 1 1 1", "beat 30"):
            machine.do(event)
        for _ in range(300):
            burst = b"".join(attacker.frame() for _ in range(10))
            assert machine.do(f"raw {burst.hex()}")["light"] == "0"
        seen = machine.do("prove")
        assert seen["answer"] == str(kinds.AUTH | kinds.REPLY)
        assert (seen["waiting"], seen["fault"], seen["job"]) == ("1", "NONE", "0")
        assert machine.do("take")["answer"] == "1"
        assert machine.do("scan 100 3")["answer"] == str(kinds.SCAN | kinds.REPLY)
    finally:
        machine.close()


def test_the_attackers_own_requests_are_answered_by_refusals_only():
    host = TrustedHost()
    host.session = None
    host.ask(kinds.HELLO, messages.pack_hello(1, bytes(16)))
    for kind, payload in ((kinds.SCAN, SCAN), (kinds.CLEAR, b""), (kinds.MAINTAIN, b""), (kinds.ACK, bytes(4))):
        assert host.refused(kind, payload)["code"] == faults.AUTH_REQUIRED

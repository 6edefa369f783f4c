"""The client before the real program: keys, seals and tags, and somebody in the middle."""

from __future__ import annotations

import random
from pathlib import Path

import pytest
from program_link import ProgramLink

from quayscan.device import DeviceClient, ScanSettings
from quayscan.errors import DeviceError, DeviceRefused, DeviceUntrusted, LinkLost, QuayscanError
from quayscan.exposure import Exposure
from quayscan.keys import DeviceKeys
from quayscan_wire import blob, frame, kinds, messages

SETTINGS = ScanSettings(exposure_us=2000, averages=2)


@pytest.fixture(autouse=True)
def quick(monkeypatch: pytest.MonkeyPatch) -> None:
    """The board's clock is not this computer's: what does not come at once does not come."""
    for module in ("session", "fetch"):
        monkeypatch.setattr(f"quayscan.device.{module}.ANSWER_S", 0.003)
    monkeypatch.setattr("quayscan.device.client.POLL_S", 0.001)


@pytest.fixture
def keys(tmp_path: Path) -> DeviceKeys:
    return DeviceKeys(folder=tmp_path)


@pytest.fixture
def link(keys: DeviceKeys) -> ProgramLink:
    """A link to a board that was provisioned for its trigger too."""
    link = ProgramLink()
    DeviceClient(link, keys).provision(standalone=True)
    return link


def measured(device: DeviceClient) -> Exposure:
    exposure = device.measure(SETTINGS)
    device.release(exposure.exposure_id)
    return exposure


def test_a_board_without_a_key_measures_and_is_not_authenticated(keys: DeviceKeys) -> None:
    device = DeviceClient(ProgramLink(), keys)
    assert not device.info.provisioned
    assert not measured(device).authenticated


def test_a_provisioned_board_and_its_host_prove_each_other(link: ProgramLink, keys: DeviceKeys) -> None:
    device = DeviceClient(link, keys)
    assert (device.info.provisioned, device.info.authenticated, device.info.revoked) == (True, True, False)
    exposure = measured(device)
    assert exposure.authenticated
    assert exposure.light_sum.size == 40
    assert device.journal().standalone


def test_a_host_without_the_key_may_not_measure_and_is_told_what_to_do(link: ProgramLink, tmp_path: Path) -> None:
    device = DeviceClient(link, DeviceKeys(folder=tmp_path / "elsewhere"))
    assert device.info.provisioned
    assert not device.info.authenticated
    with pytest.raises(DeviceRefused, match=r"AUTH_REQUIRED.*bring its key here"):
        device.measure(SETTINGS)


def test_a_device_with_another_key_than_the_hosts_is_not_trusted(link: ProgramLink, keys: DeviceKeys) -> None:
    keys.settle(bytes(range(8)).hex(), b"?" * 32)
    with pytest.raises(DeviceUntrusted, match="another key"):
        DeviceClient(link, keys)


def test_a_revoked_device_measures_and_counts_no_more(link: ProgramLink, keys: DeviceKeys) -> None:
    keys.revoke(DeviceClient(link, keys).info.uid)
    device = DeviceClient(link, keys)
    assert device.info.revoked
    assert not measured(device).authenticated
    device.provision()
    assert measured(device).authenticated


def test_a_key_whose_answer_was_lost_is_found_again(keys: DeviceKeys) -> None:
    link = ProgramLink()
    device = DeviceClient(link, keys)
    passed = link.wire
    link.wire = lambda way, data: data if way == "out" else b""  # no answer arrives any more
    with pytest.raises(LinkLost):
        device.provision()
    link.wire = passed
    assert DeviceClient(link, keys).info.authenticated


def test_provisioning_waits_until_nothing_waits(link: ProgramLink, keys: DeviceKeys) -> None:
    device = DeviceClient(link, keys)
    device.measure(SETTINGS)
    with pytest.raises(DeviceRefused, match=r"BUSY \(1 exposures wait: sync them"):
        device.provision()
    assert DeviceClient(link, keys).info.authenticated


def test_maintenance_forgets_the_key_on_both_sides(link: ProgramLink, keys: DeviceKeys) -> None:
    device = DeviceClient(link, keys)
    device.maintain()
    assert link.program.leaving()
    assert keys.candidates(device.info.uid) == []
    link.power_up()
    assert not DeviceClient(link, keys).info.provisioned


def test_exposures_of_an_earlier_session_keep_their_proof(link: ProgramLink, keys: DeviceKeys) -> None:
    first = DeviceClient(link, keys).measure(SETTINGS)
    link.program.lose_link()
    link.power_up()
    device = DeviceClient(link, keys)
    again = device.fetch(device.pending())
    assert again.authenticated
    assert again.blob == first.blob
    device.release(again.exposure_id)
    device.release(again.exposure_id)
    assert device.pending() == 0


def changed_blob(change: str, old: bytes) -> object:
    """Somebody in the middle who answers FETCH with another exposure, its checksum right."""

    def answer(way: str, data: bytes) -> bytes:
        if way == "out":
            return data
        out = b""
        for kind, seq, payload in frame.FrameReader().feed(data):
            if kind == kinds.CHUNK:
                exposure_id, index, part = messages.chunk_parts(payload)
                start = index * kinds.CHUNK_BYTES
                part = old[start : start + len(part)] if change == "replaced" else bytes([part[0] ^ 1]) + part[1:]
                payload = messages.pack_chunk(exposure_id, index, part)
            out += frame.encode_frame(kind, seq, payload)
        return out

    return answer


@pytest.mark.parametrize("change", ["replaced", "altered"])
def test_a_changed_exposure_never_gets_through(
    link: ProgramLink, keys: DeviceKeys, change: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("quayscan.device.fetch.zlib.crc32", lambda data: link.program.ring.oldest().crc32)
    device = DeviceClient(link, keys)
    old = measured(device).blob
    link.wire = changed_blob(change, old)  # type: ignore[assignment] # a wire, whatever mypy thinks of its closure
    with pytest.raises(DeviceError):
        device.measure(SETTINGS)


def test_an_old_exposure_of_the_same_device_is_not_taken_for_a_new_one(link: ProgramLink, keys: DeviceKeys) -> None:
    device = DeviceClient(link, keys)
    exposure = measured(device)
    sealed = device._session.sealed
    assert sealed is not None
    sealed.check(exposure.blob, exposure_id=exposure.exposure_id, fresh=True)
    with pytest.raises(DeviceUntrusted, match="of another time"):
        sealed.check(exposure.blob, exposure_id=exposure.exposure_id + 1, fresh=True)
    later = DeviceClient(link, keys)._session.sealed
    assert later is not None
    with pytest.raises(DeviceUntrusted, match="of another time"):
        later.check(exposure.blob, exposure_id=exposure.exposure_id, fresh=True)
    later.check(exposure.blob, exposure_id=exposure.exposure_id, fresh=False)


def test_every_byte_of_an_exposure_is_covered_by_its_tag(link: ProgramLink, keys: DeviceKeys) -> None:
    device = DeviceClient(link, keys)
    exposure = measured(device)
    sealed = device._session.sealed
    assert sealed is not None
    for at in range(len(exposure.blob)):
        bad = bytearray(exposure.blob)
        bad[at] ^= 0x10
        with pytest.raises(DeviceUntrusted):
            sealed.check(bytes(bad), exposure_id=exposure.exposure_id, fresh=True)


def test_a_tag_taken_off_is_no_way_around_it(link: ProgramLink, keys: DeviceKeys) -> None:
    device = DeviceClient(link, keys)
    exposure = measured(device)
    sealed = device._session.sealed
    assert sealed is not None
    bare = bytearray(exposure.blob[:-32])
    bare[5] &= ~blob.FLAG_AUTHENTICATED
    with pytest.raises(DeviceUntrusted, match="no tag"):
        sealed.check(bytes(bare), exposure_id=exposure.exposure_id, fresh=True)


class Meddler:
    """Answers now and then with something else: an old answer, a flipped bit, a frame of its own."""

    def __init__(self, seed: int) -> None:
        self._rng = random.Random(seed)
        self._old: list[bytes] = []
        self.meddled = 0

    def __call__(self, way: str, data: bytes) -> bytes:
        if way == "out" or self._rng.random() > 0.2:
            self._old.append(data)
            return data
        self.meddled += 1
        kind = self._rng.randrange(4)
        if kind == 0:
            return self._rng.choice(self._old or [data]) + data
        if kind == 1:
            return (
                frame.encode_frame(self._rng.randrange(256), self._rng.randrange(400), self._rng.randbytes(40)) + data
            )
        frames = frame.FrameReader().feed(data)
        out = b""
        for number, seq, payload in frames:
            bad = bytearray(payload)
            if bad:
                bad[self._rng.randrange(len(bad))] ^= 1 << self._rng.randrange(8)
            out += frame.encode_frame(number, seq, bytes(bad))
        return out


def test_nothing_that_was_meddled_with_becomes_an_authenticated_exposure(link: ProgramLink, keys: DeviceKeys) -> None:
    meddled = whole = 0
    for seed in range(60):
        link.wire = Meddler(seed)
        try:
            exposure = DeviceClient(link, keys).measure(SETTINGS)
        except QuayscanError:
            exposure = None
        meddled += link.wire.meddled
        link.wire = lambda way, data: data
        device = DeviceClient(link, keys)
        while exposure_id := device.pending():
            genuine = device.fetch(exposure_id)
            if exposure is not None and exposure.exposure_id == exposure_id and exposure.authenticated:
                assert genuine.blob == exposure.blob
                whole += 1
            device.release(exposure_id)
    assert meddled > 60
    assert whole > 0


def test_a_device_that_lost_the_key_this_host_keeps_is_not_trusted_until_it_is_provisioned(
    link: ProgramLink, keys: DeviceKeys
) -> None:
    link.program.trust.forget()  # by the strap, or it is another device under that uid
    with pytest.raises(DeviceUntrusted, match=r"has no key, and this host keeps one of it.*device provision"):
        DeviceClient(link, keys)
    device = DeviceClient(link, keys, keyless=True)
    assert not device.info.authenticated
    assert device.provision().authenticated
    assert DeviceClient(link, keys).info.authenticated


def test_a_provisioning_that_was_refused_leaves_the_device_usable(keys: DeviceKeys) -> None:
    link = ProgramLink()
    device = DeviceClient(link, keys)
    exposure = device.measure(SETTINGS)
    with pytest.raises(DeviceRefused, match="sync them"):
        device.provision()
    device = DeviceClient(link, keys)
    device.release(exposure.exposure_id)
    assert device.provision().authenticated


def test_a_flag_that_was_cleared_on_the_way_does_not_make_a_proof_needless(link: ProgramLink, keys: DeviceKeys) -> None:
    def deny(way: str, data: bytes) -> bytes:
        """HELLO's answer, under a right checksum, of a device that has no key."""
        out = b""
        for kind, seq, payload in frame.FrameReader().feed(data) if way == "in" else ():
            changed = bytearray(payload)
            if kind == kinds.HELLO | kinds.REPLY:
                changed[2 + 16 + 8 + 2] &= ~1
            out += frame.encode_frame(kind, seq, changed)
        return out or data

    link.wire = deny
    with pytest.raises(DeviceUntrusted, match="has no key"):
        DeviceClient(link, keys)

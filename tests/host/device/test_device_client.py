"""The device client against a scripted device: what goes wrong is named, what is lost is asked for again."""

from __future__ import annotations

import zlib
from collections.abc import Iterable

import pytest
from scripted import Reply, ScriptedLink, hello_answer, status_answer

from quayscan.device import DeviceClient, ScanSettings, decode_exposure
from quayscan.device.fault_text import fault_text
from quayscan.device.fetch import fetch_blob
from quayscan.device.session import Session
from quayscan.errors import DeviceRefused, LinkLost, ProtocolMismatch, SafetyFault, ScanAborted, UsageError
from quayscan_wire import bitmap, faults, kinds, messages

SETTINGS = ScanSettings(exposure_us=1000, averages=1)


def silent(kind: int, payload: bytes) -> Iterable[Reply]:
    return []


def faulty(code: int) -> object:
    def script(kind: int, payload: bytes) -> Iterable[Reply]:
        if kind == kinds.STATUS:
            return [(kinds.STATUS | kinds.REPLY, status_answer())]
        return [(kinds.FAULT, messages.pack_fault(kind, code, 0, "because"))]

    return script


def test_another_protocol_version_is_refused_with_both_named() -> None:
    link = ScriptedLink(silent, hello=hello_answer(version=7) + b"fields that version 1 does not have")
    with pytest.raises(ProtocolMismatch, match=r"version 7 .* version 1"):
        DeviceClient(link)
    assert link.closed


def test_an_answer_with_another_layout_is_a_protocol_mismatch() -> None:
    link = ScriptedLink(lambda kind, payload: [(kind | kinds.REPLY, b"short")])
    with pytest.raises(ProtocolMismatch, match="STATUS"):
        DeviceClient(link).status()


def test_a_device_that_never_answers_is_link_lost_with_a_remedy(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("quayscan.device.session.ANSWER_S", 0.001)
    with pytest.raises(LinkLost, match="check the cable"):
        DeviceClient(ScriptedLink(silent)).status()


def test_a_lost_request_is_repeated_and_counted(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("quayscan.device.session.ANSWER_S", 0.01)
    client = DeviceClient(ScriptedLink(silent, deaf_to=2))
    assert client.counts.retries == 2


def test_a_refusal_carries_its_code_and_text() -> None:
    with pytest.raises(DeviceRefused, match=r"BUSY \(because\)") as caught:
        DeviceClient(ScriptedLink(faulty(faults.BUSY))).measure(SETTINGS)
    assert caught.value.code == faults.BUSY
    assert caught.value.exit_code == 3


def test_a_safety_refusal_is_a_safety_fault() -> None:
    with pytest.raises(SafetyFault, match="INTERLOCK_OPEN") as caught:
        DeviceClient(ScriptedLink(faulty(faults.INTERLOCK_OPEN))).measure(SETTINGS)
    assert caught.value.exit_code == 5


def test_an_exposure_that_was_aborted_is_no_safety_fault() -> None:
    def script(kind: int, payload: bytes) -> Iterable[Reply]:
        if kind == kinds.SCAN:
            return [(kinds.SCAN | kinds.REPLY, messages.pack_scan_answer(5))]
        return [(kinds.STATUS | kinds.REPLY, status_answer(last_id=5, last_end=faults.ABORTED))]

    with pytest.raises(ScanAborted, match="nothing is latched") as caught:
        DeviceClient(ScriptedLink(script)).measure(SETTINGS)
    assert caught.value.exit_code == 3


@pytest.mark.parametrize("code", range(faults.FIRST_SAFETY, faults.BURN_GUARD + 1))
def test_every_safety_fault_says_what_happened_and_what_to_do(code: int) -> None:
    text = fault_text("/dev/ttyACM0", code, latched=True)
    assert text.startswith(f"/dev/ttyACM0: {faults.name(code)}: ")
    assert "does not know" not in text or code == faults.ABORTED
    assert text.endswith("re-arm it with `quayscan device clear --port /dev/ttyACM0`")
    assert "re-arm" not in fault_text("/dev/ttyACM0", code, latched=False)


def test_a_failed_device_program_is_quoted() -> None:
    assert "(MemoryError: 4096)" in fault_text("x", faults.PROGRAM, latched=True, said="MemoryError: 4096")


def test_a_fault_that_comes_unasked_ends_the_scan() -> None:
    def script(kind: int, payload: bytes) -> Iterable[Reply]:
        if kind == kinds.SCAN:
            unasked = (kinds.FAULT, messages.pack_fault(0, faults.HEARTBEAT_LOST, 4, ""))
            return [(kinds.SCAN | kinds.REPLY, messages.pack_scan_answer(5)), unasked]
        return [(kinds.STATUS | kinds.REPLY, status_answer())]

    with pytest.raises(SafetyFault, match="HEARTBEAT_LOST"):
        DeviceClient(ScriptedLink(script)).measure(SETTINGS)


def test_an_exposure_that_ended_by_a_fault_is_named() -> None:
    def script(kind: int, payload: bytes) -> Iterable[Reply]:
        if kind == kinds.SCAN:
            return [(kinds.SCAN | kinds.REPLY, messages.pack_scan_answer(5))]
        return [(kinds.STATUS | kinds.REPLY, status_answer(last_id=5, last_end=faults.OVER_TEMPERATURE))]

    with pytest.raises(SafetyFault, match="OVER_TEMPERATURE"):
        DeviceClient(ScriptedLink(script)).measure(SETTINGS)


def chunk_server(blob: bytes, *, lose: set[int], spoil_first: bool = False) -> object:
    """Serves `blob`; each index in `lose` is left out once, and the first whole may have one wrong byte."""
    state = {"spoil": spoil_first}

    def script(kind: int, payload: bytes) -> Iterable[Reply]:
        fields = messages.unpack_fetch(payload)
        sent = []
        for index in bitmap.unpack(fields["first"], fields["bitmap"]):
            if index in lose:
                lose.discard(index)
                continue
            part = bytearray(blob[index * kinds.CHUNK_BYTES : (index + 1) * kinds.CHUNK_BYTES])
            if part and state["spoil"]:
                part[0] ^= 1
                state["spoil"] = False
            sent.append((kinds.CHUNK, messages.pack_chunk(9, index, bytes(part))))
        return [*sent, (kinds.FETCH | kinds.REPLY, messages.pack_fetch_answer(9, len(sent)))]

    return script


BLOB = bytes(range(256)) * 9 + b"tail"


def fetched(script: object) -> tuple[bytes, Session]:
    session = Session(ScriptedLink(script))
    return fetch_blob(session, 9, len(BLOB), zlib.crc32(BLOB), lambda done, total: None), session


def test_lost_chunks_are_asked_for_again_and_counted() -> None:
    data, session = fetched(chunk_server(BLOB, lose={0, 3}))
    assert data == BLOB
    assert session.counts.chunks_again == 2


def test_a_blob_that_fails_its_crc_as_a_whole_is_fetched_again() -> None:
    data, session = fetched(chunk_server(BLOB, lose=set(), spoil_first=True))
    assert data == BLOB
    assert session.counts.retries == 1


def test_a_device_that_stops_sending_is_link_lost(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("quayscan.device.fetch.ANSWER_S", 0.001)
    with pytest.raises(LinkLost, match="chunks missing"):
        fetched(silent)


@pytest.mark.parametrize("chunk", [(8, 0, 512), (9, 0, 511), (9, 99, 512)])
def test_chunks_of_another_exposure_length_or_place_are_left_out(chunk: tuple[int, int, int]) -> None:
    stray = (kinds.CHUNK, messages.pack_chunk(chunk[0], chunk[1], bytes(chunk[2])))
    serve = chunk_server(BLOB, lose=set())
    data, _ = fetched(lambda kind, payload: [stray, *serve(kind, payload)])
    assert data == BLOB


@pytest.mark.parametrize("cut", [0, 1, 10, -1])
def test_a_blob_cut_short_is_no_exposure(cut: int) -> None:
    with pytest.raises(ProtocolMismatch):
        decode_exposure(bytes(100)[:cut])


@pytest.mark.parametrize(
    "bad", [{"exposure_us": 0}, {"exposure_us": 2**32}, {"averages": 0}, {"averages": 65536}, {"laser_mw": -1.0}]
)
def test_settings_out_of_range_are_refused(bad: dict[str, int]) -> None:
    with pytest.raises(UsageError, match="out of range"):
        ScanSettings(**{"exposure_us": 1000, "averages": 1, **bad})

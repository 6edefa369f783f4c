"""The cable is cut at a random byte, again and again: no exposure is lost, doubled or altered before its record."""

from __future__ import annotations

import random
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import numpy as np
import pytest
from program_link import CutWire, ProgramLink

from quayscan.device import DeviceClient, ScanSettings
from quayscan.errors import QuayscanError
from quayscan.keys import DeviceKeys
from quayscan.pipeline import recover
from quayscan.record import RecordStore, spectrum_from_record
from quayscan.record.row import make_body
from quayscan.spectrum import Spectrum

SETTINGS = ScanSettings(exposure_us=1000, averages=1)


@pytest.fixture(autouse=True)
def quick(monkeypatch: pytest.MonkeyPatch) -> None:
    """The board's clock is not this computer's: what does not come at once does not come."""
    for module in ("session", "fetch"):
        monkeypatch.setattr(f"quayscan.device.{module}.ANSWER_S", 0.003)
    monkeypatch.setattr("quayscan.device.client.POLL_S", 0.001)


@pytest.fixture
def fast_verdicts(monkeypatch: pytest.MonkeyPatch) -> None:
    """Records as they are, with verdicts that cost nothing: what an exposure is called is not asked here."""
    nothing = Spectrum(axis=np.arange(16.0), intensity=np.zeros(16))

    def conclude(device, exposure, library, request, store, sample):  # type: ignore[no-untyped-def] # a stand-in
        store.append(make_body("scan", {}, nothing, exposure), datetime.now(UTC).isoformat())
        device.release(exposure.exposure_id)
        return exposure

    monkeypatch.setattr("quayscan.pipeline.scanning._conclude", conclude)


class Witness:
    """Writes down every exposure that the device finishes, before anybody fetches it."""

    def __init__(self, link: ProgramLink) -> None:
        self.finished: list[bytes] = []
        self._link = link

    def watch(self) -> None:
        """Look over the shoulder of the program that runs now."""
        ring = self._link.program.ring
        finish: Callable[..., None] = ring.finish

        def noted(slot: object, tag: bytes = b"") -> None:
            finish(slot, tag)
            self.finished.append(bytes(slot.blob))  # type: ignore[attr-defined] # a Slot of the firmware

        ring.finish = noted


def campaign(cuts: int, seed: int, folder: Path, *, provisioned: bool) -> None:
    """Measure with a cable that is cut somewhere in each transfer, then look at what was recorded."""
    rng = random.Random(seed)
    keys = DeviceKeys(folder=folder)
    link = ProgramLink()
    witness = Witness(link)
    witness.watch()
    if provisioned:
        DeviceClient(link, keys).provision()
    whole = _bytes_of_a_transfer(link, keys, folder / "rehearsal.sqlite")
    link.wire = lambda way, data: data
    witness.finished.clear()
    hit = 0
    with RecordStore(folder / "records.sqlite") as store:
        for _ in range(cuts):
            link.wire = CutWire(rng.randrange(whole))
            try:
                _transfer(link, keys, store)
            except QuayscanError:
                hit += 1
            _lose(link, rng, witness)
        link.wire = lambda way, data: data
        with DeviceClient(link, keys) as device:
            list(recover(device, store=store))
            assert device.pending() == 0
        blobs = [spectrum_from_record(record) for record in store]
    assert sorted(blobs) == sorted(witness.finished)
    assert hit > 0.8 * cuts


def _transfer(link: ProgramLink, keys: DeviceKeys, store: RecordStore) -> None:
    with DeviceClient(link, keys) as device:
        list(recover(device, store=store))
        device.measure(SETTINGS)
        list(recover(device, store=store))


def _bytes_of_a_transfer(link: ProgramLink, keys: DeviceKeys, place: Path) -> int:
    """How many bytes pass, both ways together."""
    wire = link.wire = CutWire(1 << 30)
    with RecordStore(place) as store:
        _transfer(link, keys, store)
    return (1 << 30) - wire.left


def _lose(link: ProgramLink, rng: random.Random, witness: Witness) -> None:
    """What the device makes of it: nothing yet, a long silence, or the end of its program."""
    fate = rng.randrange(3)
    if fate == 0:
        return
    if fate == 1:
        for _ in range(3100):
            link.board.clock.now += 1
            link.program.step()
        return
    link.program.lose_link()
    link.power_up()
    witness.watch()


@pytest.mark.parametrize("provisioned", [False, True])
def test_twenty_cuts_lose_double_and_alter_nothing(tmp_path: Path, provisioned: bool, fast_verdicts: None) -> None:
    campaign(20, 3, tmp_path, provisioned=provisioned)


@pytest.mark.slow
@pytest.mark.timeout(3600)
@pytest.mark.parametrize("provisioned", [False, True])
def test_a_thousand_cuts_lose_double_and_alter_nothing(tmp_path: Path, provisioned: bool, fast_verdicts: None) -> None:
    campaign(500, 4, tmp_path, provisioned=provisioned)

"""One thing after the other before the probe: a person is asked, a virtual board gets it by name."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Annotated

import typer

from ..errors import UsageError
from .output import is_terminal
from .scan import scan_settings, show_progress

if TYPE_CHECKING:
    from quayscan_spectra.calibration_lines import ShiftStandard

    from ..device import DeviceClient, Progress, ScanSettings
    from ..spectrum import FloatArray

Go = Annotated[bool, typer.Option("--yes", help="Ask nothing: what is wanted lies before the probe.")]
Measure = Callable[["DeviceClient", "ScanSettings", Callable[["Progress"], None]], "FloatArray"]


def named_standard(name: str) -> ShiftStandard:
    """The Raman shift standard of that name.

    Raises
    ------
    UsageError
        There is none; lists those there are.
    """
    from quayscan_spectra.calibration_lines import shift_standard

    try:
        return shift_standard(name)
    except ValueError as exc:
        raise UsageError(f"--standard {name}: {exc}") from exc


class Probe:
    """The device at a port, measured once a session with each thing before its probe.

    Parameters
    ----------
    exposure_ms, averages, laser_mw : 0 for the board's own. seed : of a virtual board, the same for every thing.
    ask : wait for the operator before each thing. quiet : show no progress.
    """

    def __init__(
        self,
        port: str,
        exposure_ms: float,
        averages: int,
        laser_mw: float,
        seed: int | None,
        *,
        ask: bool,
        quiet: bool,
    ) -> None:
        self._port = port
        self._exposure = (exposure_ms, averages, laser_mw)
        self._virtual = port.startswith("sim:")
        self._seed = seed
        self._ask = ask and not self._virtual and is_terminal()
        self._quiet = quiet

    def uid(self) -> str:
        """The device's id; nothing is measured."""
        with self._session("none") as device:
            return device.info.uid

    def lamp(self) -> tuple[str, str, FloatArray]:
        """The device's id, its board, and (P,) counts before the neon lamp, laser off."""
        from ..calibrate.measure import measure_lamp

        return self._measure("neon", "the neon lamp, lit", measure_lamp)

    def sample(self, name: str, title: str, uid: str) -> FloatArray:
        """(P,) counts before a sample, light minus dark.

        Raises
        ------
        UsageError
            Another device answers than before.
        """
        from ..calibrate.measure import measure_sample

        answered, _, counts = self._measure(name, title, measure_sample)
        if answered != uid:
            raise UsageError(f"device {answered} answers at {self._port} where {uid} did: keep one device plugged in")
        return counts

    def _measure(self, name: str, title: str, measure: Measure) -> tuple[str, str, FloatArray]:
        if self._ask:
            typer.prompt(f"Put {title} before the probe and press Enter", default="", show_default=False, err=True)
        with self._session(name) as device, show_progress(self._quiet) as on_progress:
            settings = scan_settings(device, *self._exposure)
            return device.info.uid, device.info.board, measure(device, settings, on_progress)

    def _session(self, name: str) -> DeviceClient:
        from ..pipeline import open_device

        device = open_device(self._port, **({"sample": name, "seed": self._seed} if self._virtual else {}))
        if self._virtual:
            self._seed = int(device.link.details["seed"])
        return device

"""`Bench`: one virtual instrument as its wiring sees it: inputs, outputs, detector, interlock."""

from __future__ import annotations

import hashlib
import math
import time
from collections import deque
from collections.abc import Callable, Mapping

import numpy as np
from numpy.typing import NDArray

from ..board import POWER_UNITS_PER_MW, Board, load_board
from ..samples import Sample
from ..samples.near_infrared import NirSample
from .camera import Camera, default_sample
from .conditions import Conditions
from .display import Display
from .halogen import afterglow, settled_share
from .photodiode import photodiode_counts
from .switches import Switches
from .truth import FRAMES_KEPT, Frame, scan_sums
from .white_tile import WhiteTile


class Bench(Switches):
    """A virtual board before a sample.

    Same board, sample, seed, conditions and sequence of frames: same counts. Only waiting needs the clock.

    Parameters
    ----------
    board : a board or the name of one.
    sample : a sample, or the name of a sample or source of the board's technique (`samples.sample_names`,
        `samples.near_infrared.nir_sample_names`); acetone or caffeine by default.
    seed : which instrument this is (axis, pixels) and which noise it sees.
    speed : a frame takes `exposure_us / speed` of real time; nothing but the waiting changes.
    conditions : scale of each imperfection and the ambient light.
    clock : seconds, monotonic.

    Attributes
    ----------
    key_on, interlock_closed, light_temp_c : settable inputs of the hardware chain.
    trigger_held, detector_temp_c : settable inputs that the program reads.
    indicator_works, detector_works : False breaks that part. photodiode_stuck : counts to report, or None.
    converter_stuck : counts that every pixel reads, or None. stimulus : the rig's lamp, 0 (off) to 1.
    part_faults : what is wrong with the board's parts from its next start on, by `quayscan_fw.bench_faults`' names.
    lines : every change of an input or output with its time, and the loop's passes.
    display : what the handheld shows. sample_name : what is in front. white_tile : of a near-infrared board.
    frames : the last delivered frames, oldest first: the truth that a host can be compared with.

    Raises
    ------
    ValueError
        When a name is not known, or speed is not above 0.
    """

    def __init__(
        self,
        board: Board | str = "raman785",
        sample: Sample | NirSample | str = "",
        seed: int = 0,
        speed: float = 1.0,
        conditions: Conditions | None = None,
        *,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        if not speed > 0:
            raise ValueError(f"speed is {speed}: give a number above 0 (1 is real time)")
        self.board = load_board(board) if isinstance(board, str) else board
        super().__init__(self.board, clock, welded=(conditions or Conditions()).interlock_welded)
        self.uid = hashlib.sha256(f"{self.board.name}:{seed}".encode()).hexdigest()[:16]
        self.speed = speed
        self.detector_temp_c = self.board.detector.temp_c
        self.indicator_works = True
        self.detector_works = True
        self.photodiode_stuck: int | None = None
        self.converter_stuck: int | None = None
        self.stimulus = 0.0
        self.part_faults: Mapping[str, float] = {}
        self.frames: deque[Frame] = deque(maxlen=FRAMES_KEPT)
        self.sample_name = sample.name if not isinstance(sample, str) else sample or default_sample(self.board)
        self.white_tile = WhiteTile(self.board.white.move_ms * 1e-3 if self.board.white else 0.0, clock)
        self.display = Display()
        self._indicator = False
        self._power_mw = self._driven_mw = 0.0
        self._integration: tuple[float, int, float] | None = None
        self._conditions = conditions or Conditions()
        self._seed = seed
        self._powered = clock()
        self._camera = self._build_camera(sample or self.sample_name, seed, self._conditions)

    def _build_camera(self, sample: Sample | NirSample | str, seed: int, conditions: Conditions) -> Camera:
        device, frame, drift = (np.random.default_rng(s) for s in np.random.SeedSequence(seed).spawn(3))
        return Camera(self.board, sample, conditions, device_rng=device, frame_rng=frame, drift_rng=drift)

    # What a test or a caller sees.

    @property
    def light_on(self) -> bool:
        """Whether the light is on at this moment."""
        with self._lock:
            return self._interlock.settle(self._clock())

    @property
    def enabled(self) -> bool:
        """Whether the program drives the light's enable, whatever the hardware chain makes of it."""
        return self._interlock.enable

    @property
    def emission_log(self) -> list[tuple[float, bool]]:
        """(clock time in seconds, on) of each transition of the light so far."""
        with self._lock:
            self._interlock.settle(self._clock())
            return list(self._interlock.log)

    @property
    def indicator_on(self) -> bool:
        """Whether the emission indicator is lit."""
        return self._indicator and self.indicator_works

    @property
    def true_wavelength_nm(self) -> NDArray[np.float64]:
        """The wavelength that falls on each pixel of this instrument, (P,) nm."""
        return self._camera.scene.wavelength_nm

    @property
    def true_laser_nm(self) -> float:
        """The actual laser wavelength of this instrument, nm."""
        return self._camera.scene.laser_nm

    def place(self, sample: Sample | NirSample | str) -> None:
        """Put something else in front of the same instrument, whose noise goes on where it was.

        Raises
        ------
        ValueError
            When there is no such sample or source.
        """
        device = np.random.default_rng(np.random.SeedSequence(self._seed).spawn(1)[0])
        with self._lock:
            self._camera.look_at(self.board, sample, self._conditions, device)
            self.sample_name = sample if isinstance(sample, str) else sample.name

    def last_sums(self, averages: int) -> tuple[NDArray[np.uint32], NDArray[np.uint32]]:
        """(light_sum, dark_sum), (P,) uint32: the last `averages` frames, and as many before them.

        Raises
        ------
        ValueError
            When fewer than twice `averages` frames were delivered.
        """
        return scan_sums(self.delivered_frames(), averages)

    def delivered_frames(self) -> list[Frame]:
        """The last frames that were read out, oldest first."""
        with self._lock:
            return list(self.frames)

    # The wiring: one method a message of BENCH.md.

    def connect(self, connected: bool) -> None:
        """The program's board is plugged in or pulled out; both begin with all outputs low."""
        self._set("enable", False)
        self._indicator = False
        self._integration = None
        self._powered = self._clock()
        self.lines.restart()
        self.lines.note("power", connected)
        self._set("connected", connected)

    def read_inputs(self) -> tuple[int, float, float, int]:
        """(flags, detector_temp_c, light_temp_c, photodiode counts), as `I` answers."""
        self.lines.passed()
        bits = (self.key_on, self.interlock_closed, self.trigger_held, self.indicator_on)
        flags = sum(bit << place for place, bit in enumerate(bits))
        return flags, self.detector_temp_c, self.light_temp_c, self.photodiode()

    def photodiode(self) -> int:
        """What the photodiode reads now, counts."""
        if self.photodiode_stuck is not None:
            return self.photodiode_stuck
        with self._lock:
            power = self._driven_mw * self._glow() * self._camera.drift.factor
        return photodiode_counts(power * self._conditions.photodiode, self.board.light)

    def _glow(self) -> float:
        """Share of the light that was driven that comes now: 1 while it is on, a lamp's afterglow after it."""
        now = self._clock()
        if self._interlock.settle(now):
            return 1.0
        went_off = self._interlock.log[-1][0] if self._interlock.log else -math.inf
        return afterglow(now - went_off, self.board.light.settle_ms * 1e-3)

    def drive_outputs(self, flags: int, power: int) -> None:
        """Drive indicator (bit 0) and light enable (bit 1) and set the power in 0.1 mW, as `O` does."""
        with self._lock:
            if bool(flags & 1) != self._indicator:
                self.lines.note("indicator", bool(flags & 1))
            self._indicator = bool(flags & 1)
            self._power_mw = min(power / POWER_UNITS_PER_MW, self.board.light.max_mw)
            if flags & 2:
                self._driven_mw = self._power_mw
            self._set("enable", bool(flags & 2))

    def retrigger(self) -> None:
        """The pulse that keeps the hardware one-shot running, as `K` gives."""
        with self._lock:
            self._interlock.retrigger(self._clock())

    def place_white(self, before: bool) -> None:
        """Move the white tile before the window or away from it, as `W` does. A board without one has none to move."""
        self.white_tile.place(before)

    def _settled(self, started: float) -> float:
        """The lamp's light over that of the settled one, in a frame begun at that time."""
        came_on = self._interlock.came_on(started)
        return settled_share(started - came_on, self.board.light.settle_ms * 1e-3) if came_on is not None else 1.0

    def start_integration(self, exposure_us: int) -> None:
        """Start a frame, as `E` does; one that was running is lost."""
        self._integration = (self._clock(), exposure_us, self._power_mw)

    def frame_ready(self) -> bool:
        """Whether the frame that was started can be read, as `R` answers."""
        if self._integration is None or not self.detector_works:
            return False
        started, exposure_us, _ = self._integration
        return self._clock() >= started + exposure_us * 1e-6 / self.speed

    def read_frame(self) -> NDArray[np.uint16]:
        """The counts of the frame that is ready, (P,) little-endian uint16, as `F` answers.

        Raises
        ------
        ValueError
            When no frame is ready.
        """
        if self._integration is None or not self.frame_ready():
            raise ValueError("no frame is ready: start one and wait for its ready line first")
        started, exposure_us, power_mw = self._integration
        self._integration = None
        seconds = exposure_us * 1e-6
        with self._lock:
            self._interlock.settle(self._clock())
            waited = seconds / self.speed
            on = self._interlock.seconds_on(started, started + waited)
            lit = round(on / waited, 6)  # all of the time is exactly 1, whatever the clock says
            light_mj = lit * power_mw * seconds * self._settled(started)
        self._camera.stimulus = self.stimulus
        self._camera.warm_s = (started - self._powered) * self.speed
        counts = self._camera.take(seconds, light_mj, self.detector_temp_c, self.white_tile.share(started))
        if self.converter_stuck is not None:
            counts = np.full_like(counts, self.converter_stuck)
        counts.setflags(write=False)
        with self._lock:
            self.frames.append(Frame(counts=counts, exposure_us=exposure_us, lit=lit))
        return counts

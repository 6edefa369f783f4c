"""What the program needs of a board. Any object with these parts is one; this page is the contract.

board.config      a `Config`: facts that never change while the program runs
board.inputs      read() -> Reading, all pins and converters sampled now, never from a cache
board.outputs     drive(indicator, enable, power): set the pins and the power (0.1 mW) now
                  retrigger(): the pulse that keeps the hardware one-shot, and with it the light, alive
board.detector    start(exposure_us): begin to integrate
                  ready() -> bool: the frame can be read out
                  read_into(buffer): read it out, `pixels` u16 little-endian
board.clock       ms(): a counter that may wrap; diff(later, earlier): milliseconds between two of them
                  uptime_ms(): milliseconds since power-up, modulo 2^32
board.link        read() -> bytes that wait, b"" when none does
                  write(view) -> bytes accepted, 0 when the way is full; never blocks for long
                  wait(ms, to_write): sleep until bytes arrive, or `ms` have passed, or, if `to_write`, the way is free
board.watchdog    feed(): a pass is complete, with all its safety checks made; without it for long the board resets
board.panel       show(state): the safety state after each pass, for whoever stands there; decides nothing
board.random(n)   n bytes that nobody can foresee
board.display     None, or 128 x 64 dots: frame, with fill and fill_rect as framebuf has them
                  show_page(page): send one of its eight pages of eight rows; works: whether it answers
board.tile        place(before): move the white tile of a near-infrared board before the window or away; else NoTile
board.flash       None, or memory that outlives power: size, bytes
                  read_into(at, view): fill `view` from `at` on
                  erase(at): the sector of 4,096 bytes at `at`, all bits 1; takes a while
                  write(at, data): whole pages of 256 bytes at whole pages; clears bits, sets none
                  Its first sector holds the key, the others exposures. It is written with the light off only.

A light is on only while enabled, retriggered in time, and allowed by key, interlock and thermal cut-out in
hardware: the program asks, it is never the interlock.

When its link closes, or the board itself goes, a part raises `LinkClosed` or `BoardGone`.
"""


class LinkClosed(Exception):
    """The other end of the link is gone."""


class BoardGone(Exception):
    """The board does not answer any more."""


class NoWatchdog:
    """Of a board whose hardware ends a program that hangs in another way."""

    def feed(self):
        """Nothing to feed."""


class NoPanel:
    """Of a board that shows its state to nobody."""

    def show(self, state):
        pass


class NoTile:
    """What a board without a white tile has."""

    def place(self, before):
        pass


class Reading:
    """One sample of the inputs.

    Attributes
    ----------
    flags : bits of `quayscan_wire.states`: INPUT_KEY, INPUT_INTERLOCK, INPUT_TRIGGER, INPUT_INDICATOR.
    detector_temp, light_temp : 0.01 degC. photodiode : converter counts.
    """

    def __init__(self):
        self.flags = 0
        self.detector_temp = 0
        self.light_temp = 0
        self.photodiode = 0


class Config:
    """Facts of a board, by the names that BENCH.md gives them.

    Attributes
    ----------
    board, technique : str. uid : bytes, 8. pixels, adc_max, ring : int.
    default_power, min_power, max_power : 0.1 mW. min_exposure_us, max_exposure_us, max_averages : limits of a SCAN.
    exposure_us, averages : what the trigger measures without a host.
    warning_ms, heartbeat_ms, max_on_ms, standalone_max_on_ms, one_shot_ms : milliseconds.
    detector_temp, light_temp : (min, max), 0.01 degC. photodiode_on : counts from which the light is seen.
    photodiode_mw : counts a milliwatt gives, 0 when not known; photodiode_percent : by which they may be off.
    follow_ms : after a change, how long the photodiode may take to follow it.
    warmup_ms : until light that came on has its power. white_ms : in which the white tile moves, 0 without one.
    display : whether a bench has one to show. part_faults : what a bench wants broken, by name; see `bench_faults`.
    """

    min_exposure_us = 1
    min_power = 1
    photodiode_mw = 0
    photodiode_percent = 0
    follow_ms = 20
    flash_bytes = 0
    display = 0
    warmup_ms = 0
    white_ms = 0
    part_faults = ()

    def __init__(self, facts):
        for name in facts:
            setattr(self, name, facts[name])

"""A board with a lamp and a white tile: the lamp settles, the tile moves, and its frames have a sum of their own."""

import struct

import pytest
from fake_board import Host

from quayscan_fw.board import NoTile
from quayscan_fw.scan_request import light_ms, most_averages
from quayscan_wire import blob, faults, kinds, messages, states

WARMUP_MS, MOVE_MS = 60, 25
EXPOSURE_MS, AVERAGES = 20, 3
PIXELS = 40


@pytest.fixture
def host():
    """A session on such a board; each frame is noted with where the tile was."""
    one = Host(technique="nir", warmup_ms=WARMUP_MS, white_ms=MOVE_MS)
    board, one.frames = one.board, []
    start = board.detector.start

    def noted(exposure_us):
        start(exposure_us)
        one.frames.append((board.clock.now, board.hardware.light, board.tile.before))

    board.detector.start = noted
    one.hello()
    return one


def finished(host, **more):
    """The metadata and the three sums of one exposure."""
    exposure_id = host.scan(exposure_us=1000 * EXPOSURE_MS, averages=AVERAGES, **more)
    host.run(2000)
    status = host.status()
    assert (status["last_id"], status["last_end"]) == (exposure_id, 0)
    raw = bytes(host.program.ring.find(exposure_id).blob)
    fields, at = blob.unpack_metadata(raw)
    assert len(raw) == at + 3 * 4 * PIXELS
    sums = struct.unpack_from(f"<{3 * PIXELS}I", raw, at)
    return fields, sums[:PIXELS], sums[PIXELS : 2 * PIXELS], sums[2 * PIXELS :]


def test_frames_are_dark_then_white_then_light_and_each_kind_has_its_sum(host):
    fields, light, dark, white = finished(host)
    assert fields["flags"] & blob.FLAG_WHITE
    assert fields["technique"] == blob.NIR
    assert [(lit, tile) for _, lit, tile in host.frames] == [(False, False)] * 3 + [(True, True)] * 3 + [
        (True, False)
    ] * 3
    frames = [values for _, values in host.board.detector.frames]
    for total, part in ((dark, frames[:3]), (white, frames[3:6]), (light, frames[6:])):
        assert list(total) == [sum(values) for values in zip(*part, strict=True)]


def test_dark_frames_wait_until_the_filament_of_the_scan_before_is_dark(host):
    host.board.config.follow_ms = 400
    exposure_id = host.scan(exposure_us=1000 * EXPOSURE_MS, averages=AVERAGES)
    while host.program.exposure.last_id != exposure_id:
        host.run(1)
    off = host.hardware.drives[-1][0]
    host.frames.clear()
    finished(host)
    assert host.frames[0][:2] == (off + 400, False)


def test_no_frame_is_taken_while_the_lamp_settles_or_the_tile_moves(host):
    finished(host)
    (came, _, _), (went, _, _) = host.board.tile.moves
    assert host.frames[3][0] - came >= max(WARMUP_MS, MOVE_MS)
    assert host.frames[6][0] - went >= MOVE_MS


def test_progress_counts_all_three_kinds_and_names_the_settling(host):
    host.scan(exposure_us=1000 * EXPOSURE_MS, averages=AVERAGES)
    seen = []
    for _ in range(500):
        host.run(2)
        status = host.status()
        if status["job"] != states.JOB_IDLE and (not seen or seen[-1] != status["job"]):
            seen.append(status["job"])
            assert status["total"] == 3 * AVERAGES
    settle = states.JOB_SETTLE
    assert seen == [states.JOB_DARK, states.JOB_WARNING, settle, states.JOB_WHITE, settle, states.JOB_LIGHT]


def test_with_the_light_left_off_the_tile_still_comes_and_no_light_does(host):
    fields, _, _, _ = finished(host, flags=messages.FLAG_LIGHT_OFF)
    assert fields["flags"] & blob.FLAG_LIGHT_OFF
    assert not any(lit for _, lit, _ in host.frames)
    assert [tile for _, _, tile in host.frames] == [False] * 3 + [True] * 3 + [False] * 3


@pytest.mark.parametrize("ms", range(0, 200, 20))
def test_an_exposure_that_is_broken_off_leaves_the_tile_away_and_the_light_off(host, ms):
    host.scan(exposure_us=1000 * EXPOSURE_MS, averages=AVERAGES)
    host.run(3 * EXPOSURE_MS + host.board.config.warning_ms + ms)
    host.hardware.flags = 1  # the interlock opens
    host.run(3)
    assert not host.hardware.enable
    assert not host.board.tile.before
    assert host.status()["last_end"] == faults.INTERLOCK_OPEN


def test_white_frames_and_waiting_count_as_time_with_light(host):
    config = host.board.config
    longest = most_averages(config, 1000 * EXPOSURE_MS, config.max_on_ms)
    assert light_ms(config, 1000 * EXPOSURE_MS, longest) <= config.max_on_ms
    assert light_ms(config, 1000 * EXPOSURE_MS, longest + 1) > config.max_on_ms
    refused = host.refused(kinds.SCAN, messages.pack_scan(1000 * EXPOSURE_MS, longest + 1))
    assert refused["code"] == faults.BAD_PAYLOAD
    assert "ms of light" in refused["text"]


def test_a_board_without_a_tile_has_two_sums_and_needs_no_part_for_it():
    host = Host()
    assert isinstance(host.program.exposure._tile, NoTile)
    host.hello()
    exposure_id = host.scan(exposure_us=20000, averages=2)
    host.run(1000)
    fields, at = blob.unpack_metadata(bytes(host.program.ring.find(exposure_id).blob))
    assert not fields["flags"] & blob.FLAG_WHITE
    assert host.program.ring.find(exposure_id).size == at + 2 * 4 * PIXELS

"""`Cable`: a clean one is exact, a bad one does what its options say and counts it, and hang-ups are passed on."""

import errno
import os
import select
import threading

import numpy as np
import pytest

from quayscan_hardware.impairment import CableOptions, Counts, Impairment, damage

pytest.importorskip("termios", reason="needs pseudo-terminals")

from quayscan_hardware.cable import Cable

MESSAGE = bytes(range(256)) * 256


def open_port(cable):
    return os.open(cable.port, os.O_RDWR | os.O_NOCTTY)


def send(fd, data):
    thread = threading.Thread(target=lambda: [os.write(fd, data[i : i + 1024]) for i in range(0, len(data), 1024)])
    thread.start()
    return thread


def receive(fd, size, quiet_s=5.0):
    """What arrives until `size` bytes are there or nothing came for `quiet_s`."""
    data = b""
    while len(data) < size and select.select([fd], [], [], quiet_s)[0]:
        data += os.read(fd, 65536)
    return data


def hung_up(fd):
    """Whether the other end is gone: end of file, or EIO where the system says it so."""
    try:
        return bool(select.select([fd], [], [], 5.0)[0]) and os.read(fd, 1) == b""
    except OSError as exc:
        return exc.errno == errno.EIO


def test_a_clean_cable_passes_every_byte_both_ways():
    with Cable() as cable:
        port = open_port(cable)
        for source, sink in ((port, cable.device_fd), (cable.device_fd, port)):
            thread = send(source, MESSAGE)
            assert receive(sink, len(MESSAGE)) == MESSAGE
            thread.join()
        os.close(port)
    assert cable.to_host.counts == Counts(taken=len(MESSAGE))


def test_flips_are_single_bits_in_one_direction_only_and_counted():
    with Cable(CableOptions(to_host=Impairment(flip=0.01), seed=1)) as cable:
        port = open_port(cable)
        thread = send(cable.device_fd, MESSAGE)
        got = receive(port, len(MESSAGE))
        thread.join()
        thread = send(port, MESSAGE)
        assert receive(cable.device_fd, len(MESSAGE)) == MESSAGE
        thread.join()
        os.close(port)
    changed = np.frombuffer(got, np.uint8) ^ np.frombuffer(MESSAGE, np.uint8)
    assert np.count_nonzero(changed) == cable.to_host.counts.flipped > 0
    assert set(np.bitwise_count(changed) if hasattr(np, "bitwise_count") else [0, 1]) == {0, 1}


def test_cut_loses_everything_and_mend_lets_pass_again():
    with Cable() as cable:
        port = open_port(cable)
        cable.cut()
        os.write(port, b"lost")
        assert receive(cable.device_fd, 1, quiet_s=0.1) == b""
        assert cable.to_device.counts.cut == 4
        cable.mend()
        os.write(port, b"kept")
        assert receive(cable.device_fd, 4) == b"kept"
        os.close(port)


def test_delayed_and_throttled_bytes_arrive_complete():
    slow = Impairment(delay_s=0.02, throttle=1_000_000)
    with Cable(CableOptions(to_host=slow)) as cable:
        port = open_port(cable)
        thread = send(cable.device_fd, MESSAGE)
        assert receive(port, len(MESSAGE)) == MESSAGE
        thread.join()
        os.close(port)


def test_an_impairment_can_be_set_while_the_cable_runs():
    with Cable() as cable:
        port = open_port(cable)
        cable.to_device.impairment = Impairment(drop=1.0)
        os.write(port, b"lost")
        assert receive(cable.device_fd, 1, quiet_s=0.1) == b""
        assert cable.to_device.counts.dropped == 4
        os.close(port)


def test_the_host_sees_a_hang_up_when_the_device_end_closes():
    with Cable() as cable:
        port = open_port(cable)
        cable.release_device_fd()
        assert hung_up(port)
        os.close(port)


def test_the_device_sees_a_hang_up_when_the_cable_closes():
    cable = Cable()
    device = os.dup(cable.device_fd)
    cable.close()
    cable.close()
    assert hung_up(device)
    os.close(device)


def test_a_host_may_close_the_port_and_open_it_again():
    with Cable() as cable:
        os.close(open_port(cable))
        port = open_port(cable)
        os.write(port, b"again")
        assert receive(cable.device_fd, 5) == b"again"
        os.close(port)


def test_damage_rates_are_those_asked_for():
    counts = Counts()
    rng = np.random.default_rng(0)
    data = damage(bytes(1_000_000), Impairment(flip=0.001, drop=0.01), rng, counts)
    assert counts.dropped == pytest.approx(10_000, rel=0.05)  # 5 sigma
    assert counts.flipped == pytest.approx(990, rel=0.16)
    assert len(data) == 1_000_000 - counts.dropped


@pytest.mark.parametrize("options", [{"flip": 1.5}, {"drop": -0.1}, {"delay_s": -1.0}, {"throttle": -1.0}])
def test_impossible_impairments_are_refused(options):
    with pytest.raises(ValueError, match=str(next(iter(options.values())))):
        Impairment(**options)


def test_doubled_bytes_and_repeated_pieces_are_counted():
    counts = Counts()
    rng = np.random.default_rng(1)
    assert damage(b"abc", Impairment(double=1.0), rng, counts) == b"aabbcc"
    assert damage(b"abc", Impairment(repeat=1.0), rng, counts) == b"abcabc"
    assert counts.doubled == 6


@pytest.mark.parametrize("name", ["flip", "drop", "double", "repeat"])
def test_a_chance_over_one_is_refused(name):
    with pytest.raises(ValueError, match=f"{name} 1.5"):
        Impairment(**{name: 1.5})

"""The bench socket: each message of BENCH.md, and what becomes of a client that breaks the rules or dies."""

import json
import socket
import struct
import time
from contextlib import contextmanager

import numpy as np
import pytest

from quayscan_hardware.bench import IDEAL, Bench, BenchServer


class Client:
    """A device program's side of the socket, as BENCH.md has it."""

    def __init__(self, server, token=None):
        self.socket = socket.create_connection(("127.0.0.1", server.port), timeout=5)
        self.socket.sendall(b"H" + (server.token if token is None else token))

    def read(self, size):
        data = b""
        while len(data) < size and (part := self.socket.recv(size - len(data))):
            data += part
        return data

    def config(self):
        (size,) = struct.unpack("<H", self.read(2))
        return json.loads(self.read(size))

    def ask(self, message, size):
        self.socket.sendall(message)
        return self.read(size)


@pytest.fixture
def server(two_bands):
    with BenchServer(Bench(sample=two_bands, conditions=IDEAL, speed=100.0)) as server:
        yield server


@contextmanager
def connected(server):
    client = Client(server)
    try:
        config = client.config()
        yield client, config
    finally:
        client.socket.close()


def eventually(condition):
    deadline = time.monotonic() + 5
    while not condition() and time.monotonic() < deadline:
        time.sleep(0.002)
    return condition()


def test_hello_answers_with_the_board(server):
    with connected(server) as (_, config):
        assert config == {**server.bench.board.config(server.bench.uid), "display": 1}
        assert server.connected.wait(5)


def test_a_wrong_token_closes_the_connection(server):
    client = Client(server, token=bytes(16))
    assert client.read(1) == b""
    client.socket.close()
    assert "right token" in server.last_error
    assert not server.connected.is_set()


def test_inputs_outputs_and_pulse_reach_the_bench(server):
    with connected(server) as (client, _):
        assert client.ask(b"O" + struct.pack("<BH", 3, 500), 1) == b"\x00"
        assert not server.bench.light_on
        client.socket.sendall(b"K")
        flags, detector, light, photodiode = struct.unpack("<BhhH", client.ask(b"I", 7))
        assert flags == 0b1011
        assert (detector, light) == (2000, 2500)
        assert photodiode > server.bench.board.light.photodiode_on
        assert server.bench.light_on


def test_a_frame_arrives_exactly_as_the_truth_log_has_it(server):
    with connected(server) as (client, _):
        client.socket.sendall(b"E" + struct.pack("<I", 100_000))
        assert eventually(lambda: client.ask(b"R", 1) == b"\x01")
        counts = np.frombuffer(client.ask(b"F", 2 * 3648), dtype="<u2")
        np.testing.assert_array_equal(counts, server.bench.frames[-1].counts)
        assert client.ask(b"R", 1) == b"\x00"


def test_light_goes_off_when_the_client_dies_and_the_next_one_is_served(server):
    with connected(server) as (client, _):
        client.ask(b"O" + struct.pack("<BH", 3, 1000), 1)
        client.socket.sendall(b"K")
        client.ask(b"I", 7)
        assert server.bench.light_on
    assert eventually(lambda: not server.bench.light_on)
    assert not server.bench.emission_log[-1][1]
    with connected(server) as (client, _):
        assert struct.unpack("<BhhH", client.ask(b"I", 7))[0] == 0b0011


@pytest.mark.parametrize(("message", "complaint"), [(b"Z", "unknown code"), (b"F", "no frame is ready")])
def test_a_client_that_breaks_the_rules_is_dropped(server, message, complaint):
    with connected(server) as (client, _):
        assert client.ask(message, 1) == b""
    assert complaint in server.last_error


def test_a_message_cut_in_the_middle_drives_nothing(server):
    with connected(server) as (client, _):
        client.socket.sendall(b"O\x03")
        client.socket.shutdown(socket.SHUT_WR)
        assert client.read(1) == b""
    assert "in the middle of a message" in server.last_error
    assert not server.bench.indicator_on


def test_closing_twice_and_with_a_client_connected_ends_cleanly(two_bands):
    server = BenchServer(Bench(sample=two_bands))
    with connected(server) as (client, _):
        server.close()
        server.close()
        assert client.read(1) == b""
    assert not server.bench.light_on

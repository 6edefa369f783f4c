"""The client's end of the bench socket: write a request, read an answer of known length."""

import socket

from .board import BoardGone

ANSWER_S = 5
_TCP_NODELAY = 1


class BenchWire:
    """Raises BoardGone when the bench closes or falls silent."""

    def __init__(self, host, port):
        self._socket = socket.socket()
        try:
            self._socket.connect(socket.getaddrinfo(host, port)[0][-1])
            self._socket.settimeout(ANSWER_S)
            self._socket.setsockopt(6, _TCP_NODELAY, 1)  # 6: TCP; MicroPython has no name for it
        except OSError as error:
            raise BoardGone("no bench at %s:%d: %s" % (host, port, error))
        self._stream = self._socket.makefile("rwb", 0)

    def write(self, data):
        """Send all of a short request."""
        try:
            self._stream.write(data)
        except OSError as error:
            raise BoardGone("the bench does not take requests: %s" % error)

    def read_into(self, view):
        """Fill `view`."""
        at = 0
        while at < len(view):
            try:
                n = self._stream.readinto(view[at:])
            except OSError as error:
                raise BoardGone("the bench does not answer: %s" % error)
            if not n:
                raise BoardGone("the bench closed")
            at += n

"""`CaptureLink`: writes a session down while it happens, one JSON object a line, for `replay:FILE`."""

from __future__ import annotations

import json
from pathlib import Path

from ..errors import StoreError, UsageError
from .link import Link


class CaptureLink:
    """Another link, with every byte that passes also written to a file.

    Each line is `{"dir": "out" | "in", "hex": "..."}`, in the order of the session. A file that takes no more, as on a
    full disk, does not end the session: that is told when the link closes.

    Raises
    ------
    UsageError
        The file exists already or cannot be written.
    """

    def __init__(self, link: Link, path: str | Path) -> None:
        self.name = link.name
        self.details = link.details
        self._link = link
        self._path = path
        self._failed = ""
        try:
            self._file = open(path, "x", encoding="ascii")  # noqa: SIM115 (closed with the link)
        except OSError as exc:
            raise UsageError(f"capture file {path}: {exc.strerror}: name a file that does not exist") from exc

    def write(self, data: bytes) -> None:
        """Send and note."""
        self._note("out", data)
        self._link.write(data)

    def read(self, timeout_s: float) -> bytes:
        """Receive and note."""
        data = self._link.read(timeout_s)
        if data:
            self._note("in", data)
        return data

    def close(self) -> None:
        """Close both.

        Raises
        ------
        StoreError
            The file could not take all that passed.
        """
        self._link.close()
        try:
            self._file.close()
        except OSError as exc:
            self._failed = self._failed or str(exc.strerror)
        if failed := self._failed:
            self._failed = ""
            raise StoreError(
                f"capture file {self._path} is incomplete: {failed}: what was measured is not affected; free space"
                " and capture again"
            )

    def _note(self, direction: str, data: bytes) -> None:
        if self._failed:
            return
        try:
            self._file.write(json.dumps({"dir": direction, "hex": data.hex()}) + "\n")
        except OSError as exc:
            self._failed = str(exc.strerror)

"""What a device's own display shows: SHOW."""

from __future__ import annotations

from dataclasses import dataclass

from quayscan_wire import kinds, messages
from quayscan_wire import show as wire_show

from ..errors import UsageError
from .session import Session, unpacked


@dataclass(frozen=True, slots=True, kw_only=True)
class Screen:
    """A decision in a few words.

    Attributes
    ----------
    verdict, action : by the names that verdicts have. bar : 0 to 1, None for no bar.
    substance, note : text; the display shows ASCII capitals, and each is cut to 64 characters.

    Raises
    ------
    UsageError
        A name is not known to the protocol, or the bar is out of range.
    """

    verdict: str
    action: str
    bar: float | None = None
    substance: str = ""
    note: str = ""

    def __post_init__(self) -> None:
        if self.verdict not in wire_show.VERDICTS or self.action not in wire_show.ACTIONS:
            raise UsageError(f"a device shows no verdict {self.verdict!r} with action {self.action!r}")
        if self.bar is not None and not 0 <= self.bar <= 1:
            raise UsageError(f"a bar of {self.bar} is out of range: give 0 to 1")

    def payload(self) -> bytes:
        """The message."""
        packed: bytes = messages.pack_show(
            1 + wire_show.VERDICTS.index(self.verdict),
            1 + wire_show.ACTIONS.index(self.action),
            wire_show.NO_BAR if self.bar is None else round(100 * self.bar),
            _shown(self.substance),
            _shown(self.note),
        )
        return packed


def show(session: Session, screen: Screen) -> bool:
    """Send it; whether there is a display that works. Raises DeviceRefused where the firmware does not know how."""
    answer = unpacked(messages.unpack_show_answer, session.request(kinds.SHOW, screen.payload()))
    return bool(answer["shown"])


def _shown(text: str) -> str:
    """As much as a display of ASCII characters has room for."""
    return text.encode("ascii", "replace").decode()[: wire_show.MOST_TEXT]

"""SHOW: what the host decided, for the device's own display."""

import struct

from . import layout

MATCH = 1
MIXTURE = 2
AMBIGUOUS = 3
UNKNOWN = 4
INADEQUATE = 5
VERDICTS = ("MATCH", "MIXTURE", "AMBIGUOUS", "UNKNOWN", "INADEQUATE")
"""Names of the verdicts, from 1 on."""

ALERT = 1
WATCH = 2
NO_CONTROLLED_FOUND = 3
RESCAN = 4
SEND_TO_LAB = 5
ACTIONS = ("ALERT", "WATCH", "NO_CONTROLLED_FOUND", "RESCAN", "SEND_TO_LAB")
"""Names of the actions, from 1 on."""

NO_BAR = 255
"""In place of a bar in percent: there is nothing to show."""

MOST_TEXT = 64
"""Longest substance or note in bytes."""

_SHOW = "<BBB"
_SHOW_NAMES = ("verdict", "action", "bar")
_TEXTS = ("substance", "note")
_SHOWN = "<B"
_SHOWN_NAMES = ("shown",)


def pack_show(verdict, action, bar, substance, note):
    """SHOW: verdict and action by number, a bar of 0 to 100 or `NO_BAR`, the substance, and what to do."""
    return struct.pack(_SHOW, verdict, action, bar) + layout.pack_strings([substance, note])


def unpack_show(payload):
    """Fields of SHOW.

    Raises
    ------
    ValueError
        A number or length is out of range.
    """
    fields, rest = layout.unpack_head(_SHOW, _SHOW_NAMES, payload, "SHOW")
    texts, used = layout.unpack_strings(rest, _TEXTS, "SHOW")
    if used != len(rest) or max(len(text.encode()) for text in texts.values()) > MOST_TEXT:
        raise ValueError("SHOW: %d bytes of texts, each may have %d" % (len(rest), MOST_TEXT))
    known = 1 <= fields["verdict"] <= len(VERDICTS) and 1 <= fields["action"] <= len(ACTIONS)
    if not known or (fields["bar"] > 100 and fields["bar"] != NO_BAR):
        raise ValueError("SHOW: verdict %(verdict)d, action %(action)d, bar %(bar)d: out of range" % fields)
    fields.update(texts)
    return fields


def pack_show_answer(shown):
    """SHOW answer: 1 when the device has a display that works."""
    return struct.pack(_SHOWN, shown)


def unpack_show_answer(payload):
    """Fields of the SHOW answer."""
    return layout.unpack(_SHOWN, _SHOWN_NAMES, payload, "SHOW answer")

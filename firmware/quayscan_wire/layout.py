"""Fixed fields and short strings, as every payload is made of."""

import struct


def unpack(fmt, names, payload, what):
    """The fields of a payload of exactly `fmt`, as a dict under `names`.

    Raises
    ------
    ValueError
        The payload has another length.
    """
    if len(payload) != struct.calcsize(fmt):
        raise ValueError("%s: %d bytes where %d belong" % (what, len(payload), struct.calcsize(fmt)))
    return dict(zip(names, struct.unpack(fmt, payload)))  # noqa: B905 (MicroPython's zip has no strict)


def unpack_head(fmt, names, payload, what):
    """The fields of a payload that begins with `fmt`, and the rest.

    Raises
    ------
    ValueError
        The payload is shorter than `fmt`.
    """
    size = struct.calcsize(fmt)
    if len(payload) < size:
        raise ValueError("%s: %d bytes, at least %d belong" % (what, len(payload), size))
    return unpack(fmt, names, bytes(payload[:size]), what), bytes(payload[size:])


def pack_strings(texts):
    """Each text as u8 length and UTF-8.

    Raises
    ------
    ValueError
        A text is over 255 bytes.
    """
    out = b""
    for text in texts:
        raw = text.encode()
        if len(raw) > 255:
            raise ValueError("a text of %d bytes is over 255" % len(raw))
        out += bytes((len(raw),)) + raw
    return out


def unpack_strings(data, names, what):
    """Texts of `pack_strings` under `names`, and how many bytes they took.

    Raises
    ------
    ValueError
        A text goes past the end, or is no UTF-8.
    """
    out = {}
    at = 0
    for name in names:
        end = at + 1 + (data[at] if at < len(data) else 255)
        if end > len(data):
            raise ValueError("%s: the text '%s' goes past the end" % (what, name))
        out[name] = text(data[at + 1 : end], what)
        at = end
    return out, at


def text(raw, what):
    """UTF-8 as str.

    Raises
    ------
    ValueError
        It is no UTF-8.
    """
    try:
        return bytes(raw).decode()
    except UnicodeError:
        raise ValueError("%s: a text that is no UTF-8" % what)

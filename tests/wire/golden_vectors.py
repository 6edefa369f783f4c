"""The golden vectors: how golden.json is made, and how an interpreter checks itself against it.

`python golden_vectors.py write FILE` makes the file (CPython); `check FILE` runs on CPython and MicroPython.
"""

import binascii
import json
import sys

from quayscan_wire import blob, frame, messages, trust

RAW = ("nonce", "uid", "bitmap", "data", "session_nonce", "proof", "key")
NONCE = bytes(range(16))
UID = bytes(range(0xA0, 0xA8))

MESSAGES = [
    ("hello", 0x01, {"version": 1, "nonce": NONCE}),
    (
        "hello_answer",
        0x81,
        {
            "version": 1,
            "nonce": NONCE,
            "uid": UID,
            "pixels": 3648,
            "flags": 1,
            "board": "raman785",
            "firmware": "0.1.0",
            "implementation": "micropython",
            "implementation_version": "1.29.0",
        },
    ),
    (
        "status_answer",
        0x82,
        {
            "state": 3,
            "fault": 0,
            "inputs": 27,
            "job": 3,
            "done": 12,
            "total": 20,
            "detector_temp": -1050,
            "light_temp": 2512,
            "uptime_ms": 4294967295,
            "damaged": 2,
            "pending": 1,
            "exposure_id": 7,
            "size": 29281,
            "crc32": 0xDEADBEEF,
            "last_id": 6,
            "last_end": 24,
        },
    ),
    ("scan", 0x03, {"exposure_us": 100000, "averages": 10, "light_power": 1000, "flags": 0}),
    ("scan_answer", 0x83, {"exposure_id": 7}),
    ("fetch", 0x04, {"exposure_id": 7, "first": 3, "bitmap": b"\x81\x00\xff"}),
    ("fetch_answer", 0x84, {"exposure_id": 7, "sent": 58}),
    ("chunk", 0x44, {"exposure_id": 7, "index": 57, "data": bytes(range(256)) * 2}),
    ("ack", 0x05, {"exposure_id": 7}),
    ("ack_answer", 0x85, {"exposure_id": 7, "pending": 0}),
    ("state", 0x86, {"state": 1}),
    ("auth", 0x08, {"proof": bytes(range(0x20, 0x40))}),
    ("auth", 0x88, {"proof": bytes(range(0x40, 0x60))}),
    ("provision", 0x09, {"key": bytes(range(0x60, 0x80)), "flags": 1}),
    ("journal", 0x0B, {"noted": 1}),
    (
        "journal_answer",
        0x8B,
        {
            "flags": 3,
            "refused": 258,
            "stored": 4,
            "room": 27,
            "lost": 1,
            "lost_sequence": 31,
            "lost_id": 40,
            "standalone_end": 25,
        },
    ),
    (
        "measure",
        0x0C,
        {
            "exposure_us": 2000000,
            "averages": 32,
            "light_power": 1000,
            "flags": 0,
            "delay_ms": 5000,
            "target": 720,
            "budget_ms": 4000,
        },
    ),
    (
        "show",
        0x0D,
        {"verdict": 1, "action": 1, "bar": 97, "substance": "acetone", "note": "Table II: ask for the licence"},
    ),
    ("show_answer", 0x8D, {"shown": 1}),
    ("fault", 0xFF, {"refused_kind": 3, "code": 17, "state": 0, "text": "interlock open: 25 °C"}),
]

METADATA = {
    "meta_version": 2,
    "technique": 1,
    "mode": 1,
    "flags": 0,
    "uid": UID,
    "session_nonce": NONCE,
    "exposure_id": 7,
    "pixels": 3648,
    "averages": 10,
    "exposure_us": 100000,
    "light_power": 1000,
    "photodiode": 1234,
    "adc_max": 65535,
    "saturated": 3,
    "detector_temp": -1050,
    "light_temp": 2512,
    "light_on_ms": 1060,
    "uptime_ms": 123456,
    "auto": 1,
    "probes": 3,
    "target": 720,
    "peak": 47185,
    "hot": 4,
    "board": "raman785",
    "firmware": "0.1.0",
    "implementation": "micropython",
}

TRUST = {
    "key": bytes(range(0x60, 0x80)),
    "host_nonce": NONCE,
    "device_nonce": bytes(range(0x10, 0x20)),
    "uid": UID,
    "sealed": {"kind": 0x03, "seq": 258, "count": 66051, "payload": bytes(range(9))},
    "blob": bytes(range(100)),
}

STREAMS = [
    ("two frames and a leading delimiter", "00{good}{good}", 2, 0),
    ("a traceback costs one frame", "{text}{good}{good}", 1, 1),
    ("a flipped bit", "{flipped}{good}", 1, 1),
    ("a cut frame swallows the next", "{cut}{good}{good}", 1, 1),
    ("too long", "{long}00{good}", 1, 1),
    ("a code past the end", "05010200{good}", 1, 1),
    ("only delimiters", "000000", 0, 0),
]


def _hex(data):
    return binascii.hexlify(data).decode()


def _plain(fields):
    return {key: _hex(value) if key in RAW else value for key, value in fields.items()}


def _raw(fields):
    return {key: binascii.unhexlify(value) if key in RAW else value for key, value in fields.items()}


def trust_row():
    """All that the key of `TRUST` proves, in hex."""
    key = trust.HmacKey(TRUST["key"])
    challenge = trust.Challenge(key, TRUST["host_nonce"], TRUST["device_nonce"], TRUST["uid"])
    sealed = TRUST["sealed"]
    frame_payload = trust.seal(challenge.session, **sealed)
    assert trust.unseal(challenge.session, sealed["kind"], sealed["seq"], frame_payload) == (
        sealed["payload"],
        sealed["count"],
    )
    return {
        "host_proof": _hex(challenge.host_proof),
        "device_proof": _hex(challenge.device_proof),
        "sealed": _hex(frame_payload),
        "tag": _hex(trust.exposure_tag(key, TRUST["blob"])),
    }


def build():
    """All vectors as plain JSON values."""
    rows = []
    for number, (name, kind, fields) in enumerate(MESSAGES):
        payload = getattr(messages, "pack_" + name)(**fields)
        row = {"name": name, "kind": kind, "seq": (1 + 4681 * number) % 65536, "fields": _plain(fields)}
        row["payload"] = _hex(payload)
        row["frame"] = _hex(frame.encode_frame(kind, row["seq"], payload))
        rows.append(row)
    good = frame.encode_frame(0x03, 258, messages.pack_scan(100000, 10))
    parts = {
        "good": _hex(good),
        "text": _hex(b"Traceback (most recent call last):\n"),
        "flipped": _hex(bytes([good[0], good[1] ^ 4]) + good[2:]),
        "cut": _hex(good[:9]),
        "long": "01" * 1100,
    }
    streams = [
        {"name": name, "bytes": text.format(**parts), "frames": frames, "damaged": damaged}
        for name, text, frames, damaged in STREAMS
    ]
    return {
        "protocol_version": 1,
        "messages": rows,
        "streams": streams,
        "blob": {"fields": _plain(METADATA), "bytes": _hex(blob.pack_metadata(METADATA))},
        "trust": trust_row(),
    }


def check(golden):
    """Assert that this interpreter makes and reads every vector; gives how many it checked."""
    for row in golden["messages"]:
        fields = _raw(row["fields"])
        payload = binascii.unhexlify(row["payload"])
        encoded = binascii.unhexlify(row["frame"])
        assert getattr(messages, "pack_" + row["name"])(**fields) == payload, row["name"]
        assert getattr(messages, "unpack_" + row["name"])(payload) == fields, row["name"]
        assert frame.encode_frame(row["kind"], row["seq"], payload) == encoded, row["name"]
        assert frame.FrameReader().feed(encoded) == [(row["kind"], row["seq"], payload)], row["name"]
    for row in golden["streams"]:
        reader = frame.FrameReader()
        got = reader.feed(binascii.unhexlify(row["bytes"]))
        assert (len(got), reader.damaged) == (row["frames"], row["damaged"]), row["name"]
    metadata = _raw(golden["blob"]["fields"])
    raw = binascii.unhexlify(golden["blob"]["bytes"])
    assert blob.pack_metadata(metadata) == raw
    assert blob.unpack_metadata(raw + b"\x01\x02\x03") == (metadata, len(raw))
    assert trust_row() == golden["trust"]
    return len(golden["messages"]) + len(golden["streams"]) + 2


if __name__ == "__main__":
    command, path = sys.argv[1:]
    if command == "write":
        with open(path, "w") as out:
            json.dump(build(), out, indent=1)
            out.write("\n")
    else:
        with open(path) as source:
            print(check(json.load(source)), "vectors")

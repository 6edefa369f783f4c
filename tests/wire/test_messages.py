import golden_vectors
import pytest
from hypothesis import given
from hypothesis import strategies as st

from quayscan_wire import faults, messages, states

OPEN_ENDED = {"fetch", "chunk", "fault"}
BY_NAME = {name: fields for name, _, fields in golden_vectors.MESSAGES}


@pytest.mark.parametrize("name", BY_NAME)
def test_every_message_comes_back_as_it_went(name):
    fields = BY_NAME[name]
    payload = getattr(messages, f"pack_{name}")(**fields)
    assert getattr(messages, f"unpack_{name}")(payload) == fields


@pytest.mark.parametrize("name", BY_NAME)
def test_every_shorter_head_is_rejected(name):
    payload = getattr(messages, f"pack_{name}")(**BY_NAME[name])
    fixed = {"fetch": 7, "chunk": 6, "fault": 3}.get(name, len(payload))
    for n in range(fixed):
        with pytest.raises(ValueError, match=r"bytes|past the end|no bitmap"):
            getattr(messages, f"unpack_{name}")(payload[:n])


@pytest.mark.parametrize("name", sorted(set(BY_NAME) - OPEN_ENDED))
def test_a_byte_too_many_is_rejected(name):
    payload = getattr(messages, f"pack_{name}")(**BY_NAME[name])
    with pytest.raises(ValueError, match="bytes"):
        getattr(messages, f"unpack_{name}")(payload + b"\0")


@given(st.text(max_size=60))
def test_fault_text_survives(text):
    payload = messages.pack_fault(3, 17, 0, text)
    assert messages.unpack_fault(payload)["text"] == text


def test_text_that_is_no_utf8_is_rejected():
    with pytest.raises(ValueError, match="UTF-8"):
        messages.unpack_fault(b"\x03\x11\x00\xff\xfe")


def test_text_over_255_bytes_is_refused():
    fields = dict(BY_NAME["hello_answer"], board="x" * 256)
    with pytest.raises(ValueError, match="256 bytes"):
        messages.pack_hello_answer(**fields)


def test_every_fault_code_has_its_own_name():
    codes = {key: value for key, value in vars(faults).items() if key.isupper() and key[0] != "_"}
    del codes["FIRST_SAFETY"]
    assert len(codes) == len(set(codes.values()))
    for key, value in codes.items():
        assert faults.name(value) == key
    assert faults.name(200) == "FAULT_200"


def test_state_names():
    assert [states.name(n) for n in range(6)] == ["OFF", "READY", "WARNING", "EMITTING", "FAULT", "STATE_5"]


def test_messages_exports_all_it_has():
    public = {name for name in vars(messages) if name.startswith(("pack_", "unpack_", "FLAG_", "chunk_"))}
    assert public == set(messages.__all__)

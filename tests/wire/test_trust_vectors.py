"""HMAC against RFC 4231 and the standard library; seals against every way of altering a frame."""

import hmac

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quayscan_wire import trust
from quayscan_wire.hmac_sha256 import HmacKey, same

RFC_4231 = [
    (b"\x0b" * 20, b"Hi There", "b0344c61d8db38535ca8afceaf0bf12b881dc200c9833da726e9376c2e32cff7"),
    (b"Jefe", b"what do ya want for nothing?", "5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843"),
    (b"\xaa" * 20, b"\xdd" * 50, "773ea91e36800e46854db8ebd09181a72959098b3ef8c122d9635514ced565fe"),
]
SESSION = HmacKey(bytes(range(32)))


@pytest.mark.parametrize(("key", "data", "expected"), RFC_4231)
def test_published_vectors(key, data, expected):
    assert HmacKey(key).tag(data).hex() == expected


@given(st.binary(max_size=64), st.lists(st.binary(max_size=300), max_size=4))
def test_tag_is_the_standard_librarys_however_the_data_is_cut(key, parts):
    assert HmacKey(key).tag(*parts) == hmac.digest(key, b"".join(parts), "sha256")


def test_a_key_over_one_block_is_refused():
    with pytest.raises(ValueError, match="65 bytes is over 64"):
        HmacKey(bytes(65))


@given(st.binary(max_size=40), st.binary(max_size=40))
def test_same_is_equality(one, other):
    assert same(one, other) == (one == other)
    assert same(one, bytes(one))


@given(st.integers(0, 255), st.integers(0, 65535), st.integers(0, 2**32 - 1), st.binary(max_size=200), st.data())
def test_a_seal_holds_for_its_frame_and_breaks_with_any_flipped_bit(kind, seq, count, payload, data):
    sealed = trust.seal(SESSION, kind, seq, count, payload)
    assert trust.unseal(SESSION, kind, seq, sealed) == (payload, count)
    at = data.draw(st.integers(0, 8 * len(sealed) - 1))
    bad = bytearray(sealed)
    bad[at >> 3] ^= 1 << (at & 7)
    with pytest.raises(ValueError, match="seal"):
        trust.unseal(SESSION, kind, seq, bytes(bad))
    for other_kind, other_seq in ((kind ^ 0x80, seq), (kind, seq ^ 1)):
        with pytest.raises(ValueError, match="seal"):
            trust.unseal(SESSION, other_kind, other_seq, sealed)


@pytest.mark.parametrize("size", range(trust.SEAL_BYTES))
def test_what_is_too_short_for_a_seal_has_none(size):
    with pytest.raises(ValueError, match="seal"):
        trust.unseal(SESSION, 1, 1, bytes(size))


def test_every_proof_depends_on_every_part_of_the_challenge():
    key = HmacKey(bytes(32))
    parts = [bytes(16), bytes(16), bytes(8)]
    seen = set()
    for changed in (None, 0, 1, 2):
        these = [b"\1" + part[1:] if index == changed else part for index, part in enumerate(parts)]
        challenge = trust.Challenge(key, *these)
        seen |= {challenge.host_proof, challenge.device_proof, challenge.session.tag(b"")}
    assert len(seen) == 12

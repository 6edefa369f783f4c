import struct

import pytest
from golden_vectors import METADATA
from hypothesis import given
from hypothesis import strategies as st

from quayscan_wire import blob


def test_metadata_comes_back_and_tells_where_the_counts_begin():
    head = blob.pack_metadata(METADATA)
    assert blob.unpack_metadata(head + bytes(8 * 3648)) == (METADATA, len(head))


def test_every_cut_in_the_metadata_is_rejected():
    head = blob.pack_metadata(METADATA)
    for n in range(len(head)):
        with pytest.raises(ValueError, match="blob"):
            blob.unpack_metadata(head[:n])


def test_size_that_contradicts_the_texts_is_rejected():
    head = bytearray(blob.pack_metadata(METADATA) + b"?")
    head[0] += 1
    with pytest.raises(ValueError, match="1 bytes too many"):
        blob.unpack_metadata(head)


def test_unknown_metadata_version_is_rejected_by_name():
    head = blob.pack_metadata(dict(METADATA, meta_version=3))
    with pytest.raises(ValueError, match="version 3, known is 2"):
        blob.unpack_metadata(head)


def test_metadata_size_field_counts_what_follows_it():
    head = blob.pack_metadata(METADATA)
    assert struct.unpack_from("<H", head)[0] == len(head) - 2


@given(st.integers(1, 200_000))
def test_chunks_cover_the_blob_and_no_more(total):
    n = blob.chunks(total)
    assert (n - 1) * 512 < total <= n * 512

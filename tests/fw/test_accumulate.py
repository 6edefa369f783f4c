import struct

from hypothesis import given
from hypothesis import strategies as st

from quayscan_fw.accumulate import accumulate_plain

VALUES = st.lists(st.tuples(st.integers(0, 2**32 - 65536), st.integers(0, 65535)), min_size=1, max_size=200)


@given(VALUES, st.integers(1, 65536))
def test_sum_and_marks_are_those_of_the_definition(values, limit):
    n = len(values)
    sums = bytearray(struct.pack(f"<{n}I", *[old for old, _ in values]))
    marks = bytearray(n)
    accumulate_plain(sums, struct.pack(f"<{n}H", *[new for _, new in values]), marks, n, limit)
    assert list(struct.unpack(f"<{n}I", sums)) == [old + new for old, new in values]
    assert list(marks) == [int(new >= limit) for _, new in values]


def test_marks_stay_from_frame_to_frame():
    sums, marks = bytearray(8), bytearray(2)
    accumulate_plain(sums, struct.pack("<2H", 50, 1), marks, 2, 50)
    accumulate_plain(sums, struct.pack("<2H", 1, 1), marks, 2, 50)
    assert list(marks) == [1, 0]

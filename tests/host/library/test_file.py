from pathlib import Path

import numpy as np
import pytest

from quayscan.errors import LibraryError
from quayscan.library import Library, open_library, write_library
from quayscan.library.file import MAGIC, PREAMBLE


@pytest.fixture
def written(tmp_path: Path, small_library: Library) -> Path:
    path = tmp_path / "small.qlib"
    write_library(path, small_library)
    return path


def test_a_library_comes_back_as_it_was_written(written: Path, small_library: Library) -> None:
    opened = open_library(written)
    assert (opened.name, opened.sha256) == (small_library.name, small_library.sha256)
    assert list(opened.references) == list(small_library.references)
    np.testing.assert_array_equal(opened.spectra, small_library.spectra)
    np.testing.assert_array_equal(opened.coverage, small_library.coverage)


def test_the_spectra_stay_in_the_file(written: Path) -> None:
    spectra = open_library(written).spectra
    base: object = spectra
    while isinstance(base, np.ndarray) and not isinstance(base, np.memmap):
        base = base.base
    assert isinstance(base, np.memmap)
    assert not spectra.flags.writeable


def test_writing_twice_gives_the_same_bytes(written: Path, tmp_path: Path) -> None:
    again = tmp_path / "again.qlib"
    write_library(again, open_library(written))
    assert again.read_bytes() == written.read_bytes()


def test_the_layout_is_the_documented_one(written: Path, small_library: Library) -> None:
    raw = written.read_bytes()
    assert raw[:8] == MAGIC
    count = len(small_library)
    spectra = np.frombuffer(raw[-4 * 951 * count :], dtype="<f4").reshape(count, 951)
    np.testing.assert_array_equal(spectra, small_library.spectra)
    assert (len(raw) - 4 * 951 * count) % 64 == 0


def test_truncation_at_any_byte_is_refused(written: Path, tmp_path: Path) -> None:
    raw = written.read_bytes()
    cut = tmp_path / "cut.qlib"
    for size in [*range(0, 700), *range(700, len(raw), 211), len(raw) - 1]:
        cut.write_bytes(raw[:size])
        with pytest.raises(LibraryError, match="build it again"):
            open_library(cut)


def test_a_flipped_bit_anywhere_is_refused(written: Path, tmp_path: Path) -> None:
    raw = written.read_bytes()
    damaged = tmp_path / "damaged.qlib"
    start = PREAMBLE + int.from_bytes(raw[8:12], "little")
    padding = {at for at in range(start, len(raw)) if raw[at] == 0}  # zero bytes may be padding or data
    rng = np.random.default_rng(0)
    for at in [*range(0, start, 7), *rng.integers(start, len(raw), 60).tolist()]:
        if at in padding:
            continue
        damaged.write_bytes(raw[:at] + bytes([raw[at] ^ 0x10]) + raw[at + 1 :])
        with pytest.raises(LibraryError):
            open_library(damaged)


def test_a_longer_file_is_refused(written: Path) -> None:
    written.write_bytes(written.read_bytes() + b"\0")
    with pytest.raises(LibraryError, match="damaged"):
        open_library(written)


def rewrite_header(path: Path, old: bytes, new: bytes) -> None:
    """Change the header and mend its length and check sum, as a newer program would write it."""
    import zlib

    raw = path.read_bytes()
    end = PREAMBLE + int.from_bytes(raw[8:12], "little")
    header = raw[PREAMBLE:end].replace(old, new)
    assert len(header) == end - PREAMBLE
    path.write_bytes(raw[:12] + zlib.crc32(header).to_bytes(4, "little") + header + raw[end:])


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        (b'"schema_version":1', b'"schema_version":7', "version 7 .* update quayscan"),
        (b'"step_cm1":2.0', b'"step_cm1":1.0', "grid"),
        (b'"count":3', b'"count":2', "2 entries"),
        (b'"count":3', b'"count":x', "header"),
        (b'"count":3', b'"cound":3', "header"),
    ],
)
def test_another_version_or_grid_is_refused_with_what_to_do(
    written: Path, old: bytes, new: bytes, message: str
) -> None:
    rewrite_header(written, old, new)
    with pytest.raises(LibraryError, match=message):
        open_library(written)


def test_something_else_is_no_library(tmp_path: Path) -> None:
    other = tmp_path / "other.qlib"
    other.write_bytes(b"a text file, no library\n" * 10)
    with pytest.raises(LibraryError, match="no quayscan library"):
        open_library(other)


def test_a_missing_file_and_an_unwritable_place_say_so(tmp_path: Path, small_library: Library) -> None:
    with pytest.raises(LibraryError, match="cannot open"):
        open_library(tmp_path / "absent.qlib")
    with pytest.raises(LibraryError, match="cannot write"):
        write_library(tmp_path / "no folder" / "x.qlib", small_library)


def test_a_large_library_is_checked_when_asked(written: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    raw = bytearray(written.read_bytes())
    raw[-500] ^= 0x40
    written.write_bytes(raw)
    monkeypatch.setattr("quayscan.library.file.VERIFY_BELOW_BYTES", 0)
    open_library(written)
    with pytest.raises(LibraryError, match="hash"):
        open_library(written, verify=True)

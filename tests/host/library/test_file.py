from dataclasses import replace
from datetime import date
from pathlib import Path

import numpy as np
import pytest

from quayscan.errors import LibraryError
from quayscan.keys import SigningKey, fingerprint, trust
from quayscan.library import Doubt, Library, Seal, from_spectra, library_problems, open_library, write_library
from quayscan.library.file import MAGIC, PREAMBLE
from quayscan.library.header import MAX_DOUBTS

from .conftest import entry

AT = date(2026, 11, 25)
KEY = SigningKey(secret=bytes(range(32)))


@pytest.fixture(autouse=True)
def own_keys(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("QUAYSCAN_CONFIG", str(tmp_path / "config"))


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


def flipped(path: Path, at: int, bit: int) -> None:
    """Turn one bit of a file over; a second time turns it back."""
    with path.open("r+b") as file:
        file.seek(at)
        byte = file.read(1)[0]
        file.seek(at)
        file.write(bytes([byte ^ 1 << bit]))


def test_a_flipped_bit_in_any_byte_of_a_signed_file_is_found(tmp_path: Path) -> None:
    path = tmp_path / "one.qlib"
    write_library(path, from_spectra([entry("a", 500.0)], name="one"), key=KEY)
    assert library_problems(path, AT) == ()
    bits = np.random.default_rng(0).integers(0, 8, path.stat().st_size)
    for at, bit in enumerate(bits.tolist()):
        flipped(path, at, bit)
        assert library_problems(path, AT) != (), at
        flipped(path, at, bit)
    assert library_problems(path, AT) == ()


def test_a_flipped_bit_in_a_large_file_is_found(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "large.qlib"
    library = from_spectra([entry(f"substance {at}", 450.0 + at) for at in range(400)], name="large")
    monkeypatch.setattr("quayscan.library.file.VERIFY_BELOW_BYTES", 0)
    write_library(path, library, key=KEY)
    rng = np.random.default_rng(0)
    for at, bit in zip(rng.integers(0, path.stat().st_size, 80).tolist(), rng.integers(0, 8, 80).tolist(), strict=True):
        flipped(path, at, bit)
        assert library_problems(path, AT) != (), (at, bit)
        flipped(path, at, bit)
    assert library_problems(path, AT) == ()


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
    crc = zlib.crc32(header).to_bytes(4, "little")
    path.write_bytes(raw[:12] + crc + raw[16:PREAMBLE] + header + raw[end:])


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        (b'"schema_version":2', b'"schema_version":7', "version 7 .* update quayscan"),
        (b'"schema_version":2', b'"schema_version":1', "version 1 .* earlier quayscan"),
        (b'"version":1}', b'"version":0}', "version 0"),
        (b'"expires":""', b'"expires": 3', "date"),
        (b'"step_cm1":2.0', b'"step_cm1":1.0', "grid"),
        (b',"count":3', b',"count":2', "2 entries"),
        (b',"count":3', b',"count":x', "header"),
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


def test_a_signed_library_says_who_and_whether_this_host_knows_them(tmp_path: Path, small_library: Library) -> None:
    path = tmp_path / "signed.qlib"
    sealed = replace(small_library, seal=Seal(version=3, created="2026-11-25", expires="2027-11-25"))
    written = write_library(path, sealed, key=KEY)
    assert written.seal.trusted
    opened = open_library(path).seal
    assert opened == Seal(version=3, created="2026-11-25", expires="2027-11-25", signer=fingerprint(KEY.public))
    assert "does not know" in opened.warnings(AT)[0]
    trust(KEY.public)
    assert open_library(path).seal == written.seal
    assert open_library(path).seal.warnings(AT) == ()


def test_another_key_or_content_under_an_old_signature_is_refused(tmp_path: Path, small_library: Library) -> None:
    path = tmp_path / "signed.qlib"
    write_library(path, small_library, key=KEY)
    raw = path.read_bytes()
    path.write_bytes(raw[:16] + SigningKey(secret=bytes(32)).public + raw[48:])
    with pytest.raises(LibraryError, match="altered"):
        open_library(path)
    path.write_bytes(raw)
    rewrite_header(path, b'"name":"small"', b'"name":"smell"')
    with pytest.raises(LibraryError, match="altered"):
        open_library(path)


def test_an_unsigned_and_an_expired_file_are_problems_and_an_unknown_signer_is_none(
    written: Path, small_library: Library
) -> None:
    assert "not signed" in library_problems(written, AT)[0]
    write_library(written, replace(small_library, seal=Seal(expires="2026-11-25")), key=KEY)
    assert library_problems(written, AT) == ()
    assert "expired on 2026-11-25" in library_problems(written, date(2026, 11, 26))[0]


def test_doubts_travel_in_the_header_and_stay_few(tmp_path: Path, small_library: Library) -> None:
    doubts = tuple(Doubt(kind="pair", names=("a", str(at)), text="alike") for at in range(MAX_DOUBTS + 5))
    path = tmp_path / "doubtful.qlib"
    write_library(path, replace(small_library, doubts=doubts, doubt_count=len(doubts)))
    opened = open_library(path)
    assert (opened.doubts, opened.doubt_count) == (doubts[:MAX_DOUBTS], MAX_DOUBTS + 5)


def test_a_failed_writing_leaves_the_old_file_alone(
    written: Path, small_library: Library, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = written.read_bytes()

    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("os.replace", full)
    with pytest.raises(LibraryError, match="No space left"):
        write_library(written, small_library, key=KEY)
    assert written.read_bytes() == before
    assert [path.name for path in written.parent.iterdir()] == [written.name]

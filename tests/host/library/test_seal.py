from datetime import date

import pytest

from quayscan.errors import LibraryError
from quayscan.library import Doubt, Seal, default_library

AT = date(2026, 11, 25)


def test_a_signed_library_of_a_known_key_warns_of_nothing_until_its_last_day_is_over() -> None:
    seal = Seal(expires="2026-11-25", signer="ab", trusted=True)
    assert seal.warnings(AT) == ()
    assert "expired on 2026-11-25" in seal.warnings(date(2026, 11, 26))[0]


def test_an_unsigned_library_warns() -> None:
    assert "not signed" in Seal().warnings(AT)[0]


def test_the_shipped_library_needs_no_signature() -> None:
    assert default_library().seal.warnings(AT) == ()


@pytest.mark.parametrize("change", [{"version": 0}, {"version": True}, {"created": "today"}, {"expires": "20261125"}])
def test_a_seal_without_a_version_or_with_another_date_is_refused(change: dict[str, object]) -> None:
    with pytest.raises(LibraryError):
        Seal(**change)  # type: ignore[arg-type]  # that it fails is the promise


@pytest.mark.parametrize("change", [{"kind": "mood"}, {"names": ()}])
def test_a_doubt_of_no_kind_or_about_nothing_is_refused(change: dict[str, object]) -> None:
    with pytest.raises(LibraryError):
        Doubt(**{"kind": "pair", "names": ("a", "b"), "text": "alike", **change})  # type: ignore[arg-type]  # likewise

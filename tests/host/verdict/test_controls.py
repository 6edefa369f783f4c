from quayscan.verdict import Action
from quayscan.verdict.controls import Finding, Subject, legal_finding

from .fakes import AT, Laws, Status

HERE = ("UN88", "CN")


def found(laws: Laws, *substances: str, jurisdictions: tuple[str, ...] = HERE) -> Finding:
    subjects = [Subject(substance=one, name=one.title()) for one in substances or tuple(laws)]
    return legal_finding(
        subjects, jurisdictions=jurisdictions, at=AT, controls_at=lambda substance, at: laws.get(substance, ())
    )


def test_in_force_where_asked_is_an_alert_with_what_the_list_asks_for() -> None:
    finding = found({"acetone": (Status(regime="UN88"), Status(regime="EU"))})
    assert finding.action is Action.ALERT
    assert [one.regime for one in finding.controls] == ["UN88"]
    assert finding.controls[0].list_name == "Table II"
    assert finding.controls[0].since == "1990-11-11"
    assert finding.reasons == (
        "Acetone is controlled by UN88, Table II, in force since 1990-11-11: Ask for the import licence.",
    )


def test_one_controlled_subject_of_several_is_an_alert() -> None:
    laws: Laws = {"salt": (Status(regime="UN88", state="not_listed"),), "acetone": (Status(regime="CN"),)}
    finding = found(laws)
    assert finding.action is Action.ALERT
    assert [one.substance for one in finding.controls] == ["acetone"]


def test_controlled_elsewhere_is_a_watch_that_says_what_is_known_here() -> None:
    laws: Laws = {
        "one": (
            Status(regime="EU"),
            Status(regime="UN88", state="decided", since="2027-01-01", decided="2026-06-01"),
            Status(regime="CN", state="not_listed"),
        )
    }
    finding = found(laws, jurisdictions=("UN88", "CN", "IN"))
    assert finding.action is Action.WATCH
    assert [one.regime for one in finding.controls] == ["EU", "UN88"]
    (reason,) = finding.reasons
    assert "EU (Table II, in force)" in reason
    assert "UN88 decided but not yet in force" in reason
    assert "CN not listed" in reason
    assert "IN not known to this table" in reason


def test_decided_here_alone_is_a_watch() -> None:
    finding = found({"one": (Status(regime="CN", state="decided"),)})
    assert finding.action is Action.WATCH
    assert "about to be controlled" in finding.reasons[0]


def test_ended_and_not_listed_are_no_control() -> None:
    finding = found({"one": tuple(Status(regime="CN", state=state) for state in ("ended", "not_listed"))})
    assert finding.action is Action.NO_CONTROLLED_FOUND
    assert finding.controls == ()
    assert "UN88, CN on 2026-11-25" in finding.reasons[0]


def test_a_regime_that_is_not_known_is_never_called_not_controlled() -> None:
    laws: Laws = {"one": (Status(regime="UN88", state="not_listed"), Status(regime="CA", state="unknown"))}
    finding = found(laws, jurisdictions=("UN88", "CA"))
    assert finding.action is Action.NO_CONTROLLED_FOUND
    assert finding.reasons[:2] == (
        "Nothing that was named is listed as controlled by UN88 on 2026-11-25.",
        "Whether CA controls it is not known to these tables.",
    )
    (only,) = (one for one in found(laws, jurisdictions=("CA",)).reasons if "listed" in one or "known" in one)
    assert only == "Whether CA controls it is not known to these tables."


def test_what_nobody_verified_is_said_so_in_every_sentence() -> None:
    unverified = {"one": (Status(regime="EU", verified=False),)}
    assert (
        "EU, Table II, in force since 1990-11-11 (not verified)" in found(unverified, jurisdictions=("EU",)).reasons[0]
    )
    assert "EU (Table II, in force, not verified)" in found(unverified).reasons[0]


def test_of_several_rows_of_one_regime_the_one_to_come_is_told() -> None:
    rows = (Status(regime="CN", state="decided"), Status(regime="CN", state="ended"), Status(regime="EU"))
    assert "CN decided but not yet in force" in found({"one": rows}).reasons[0]


def test_a_substance_that_the_table_lacks_is_said_to_be_unknown() -> None:
    finding = found({}, "mystery")
    assert finding.action is Action.NO_CONTROLLED_FOUND
    assert "Mystery is not in the table of controls" in finding.reasons[0]


def test_nothing_is_ever_called_safe() -> None:
    for laws in ({}, {"one": (Status(regime="CN", state="not_listed"),)}):
        assert "safe" not in " ".join(found(laws, "one").reasons).lower()


def test_a_member_to_watch_and_one_that_nobody_knows_are_told_beside_an_alert() -> None:
    laws: Laws = {"acetone": (Status(regime="CN"),), "other": (Status(regime="EU"),)}
    finding = found(laws, "acetone", "other", "mystery")
    assert finding.action is Action.ALERT
    assert [one.substance for one in finding.controls] == ["acetone", "other"]
    assert [reason.split()[0] for reason in finding.reasons] == ["Acetone", "Other", "Mystery"]

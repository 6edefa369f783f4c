import pytest

from quayscan.match import MatchOptions
from quayscan.verdict import Limits
from quayscan.verdict.adequacy import inadequacy

from .fakes import result

OPTIONS, LIMITS = MatchOptions(), Limits()


@pytest.mark.parametrize(
    ("chi", "changed", "cause", "remedy"),
    [
        (500.0, {"coverage": 0.3}, "axis", "Record at least 50%"),
        (500.0, {"saturated_fraction": 0.02}, "saturated", "shorter exposure"),
        (0.8, {"level_to_noise": 3.0}, "no-signal", "focus"),
        (0.8, {"level_to_noise": 400.0}, "fluorescence", "bleach"),
        (2.0, {"signal_to_noise": 7.0}, "weak", "longer exposure"),
    ],
)
def test_each_cause_is_named_with_what_to_do(chi: float, changed: dict[str, object], cause: str, remedy: str) -> None:
    found = inadequacy(result(chi=chi, **changed), OPTIONS, LIMITS)
    assert found is not None
    assert found.cause == cause
    assert remedy in found.remedy
    assert found.finding.endswith(".")


def test_good_data_has_no_cause() -> None:
    assert inadequacy(result(), OPTIONS, LIMITS) is None
    assert inadequacy(result(saturated_fraction=0.001), OPTIONS, LIMITS) is None
    assert inadequacy(result(chi=3.1), OPTIONS, LIMITS) is None

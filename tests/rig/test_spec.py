"""`--rig` names a rig, or says what is wrong with the name."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from quayscan.errors import RigFailed, UsageError
from quayscan.rig import chosen_cases, open_resources, parse_rig


def written(tmp_path: Path, text: str) -> str:
    path = tmp_path / "RIG.toml"
    path.write_text(text, encoding="utf-8")
    return str(path)


def test_a_virtual_rig_is_named_by_its_board() -> None:
    spec = parse_rig("sim:nir1700?controller=pico&seed=4")
    assert (spec.board, spec.controller, spec.seed, spec.virtual) == ("nir1700", "pico", 4, True)
    assert parse_rig("sim:raman785").controller == "bench"


def test_the_example_of_the_page_is_a_rig(tmp_path: Path, checkout: Path) -> None:
    page = (checkout / "hardware" / "RIG.md").read_text(encoding="utf-8")
    (example,) = re.findall(r"```toml\n(.*?)```", page, re.DOTALL)
    spec = parse_rig(written(tmp_path, re.sub(r"^   ", "", example, flags=re.MULTILINE)))
    assert (spec.board, spec.port, spec.controller) == ("raman785", "/dev/ttyACM1", "/dev/ttyACM0")
    assert (spec.place_by_hand, spec.may_provision, spec.warm_up_s, spec.virtual) == (True, False, 600, False)


@pytest.mark.parametrize(
    "name", ["sim:x", "sim:raman785?fault=axis", "sim:raman785?controller=x", "sim:raman785?seed=x"]
)
def test_a_virtual_rig_that_is_none_is_refused(name: str) -> None:
    with pytest.raises(UsageError, match=re.escape(name.split("?")[0].removeprefix("sim:")[:1])):
        parse_rig(name)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("board = ", "no TOML"),
        ('board = "raman785"', "missing: controller, port"),
        ('board = "x"\nport = "a"\ncontroller = "b"', "no board is called 'x'"),
        ('board = "raman785"\nport = "a"\ncontroller = "b"\nname = "c"', "unknown: name"),
        ('board = "raman785"\nport = ""\ncontroller = "b"', "port = ''"),
        ('board = "raman785"\nport = "a"\ncontroller = "b"\nplace_by_hand = 1', "place_by_hand = 1"),
        ('board = "raman785"\nport = "a"\ncontroller = "b"\nwarm_up_s = true', "warm_up_s = True"),
    ],
)
def test_a_file_that_is_no_rig_says_why(tmp_path: Path, text: str, said: str) -> None:
    with pytest.raises(UsageError, match=re.escape(said)):
        parse_rig(written(tmp_path, text))


def test_a_file_that_is_not_there_is_named() -> None:
    with pytest.raises(UsageError, match="no-such"):
        parse_rig("no-such.toml")


def test_a_rig_board_that_does_not_answer_is_the_rig_s_fault(tmp_path: Path) -> None:
    spec = parse_rig(written(tmp_path, 'board = "raman785"\nport = "/dev/none1"\ncontroller = "/dev/none2"'))
    with pytest.raises(RigFailed, match="/dev/none2 cannot be opened"):
        open_resources(spec, 0)


def test_cases_are_chosen_by_group_and_name() -> None:
    assert {case.group for case in chosen_cases(["fault"])} == {"fault"}
    assert [case.name for case in chosen_cases(names=["kill"])] == ["kill"]
    with pytest.raises(UsageError, match="'sorcery'"):
        chosen_cases(["sorcery"])
    with pytest.raises(UsageError, match="'sorcery'"):
        chosen_cases(names=["sorcery"])

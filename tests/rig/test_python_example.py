"""The page's example of a case of one's own runs as it stands there."""

from __future__ import annotations

import re
from pathlib import Path

import pytest


def test_a_case_of_one_s_own_is_a_few_lines(checkout: Path, capsys: pytest.CaptureFixture[str]) -> None:
    page = (checkout / "hardware" / "RIG.md").read_text(encoding="utf-8")
    (example,) = re.findall(r"```python\n(.*?)```", page, re.DOTALL)
    exec(compile(example, "RIG.md", "exec"), {})
    assert capsys.readouterr().out.startswith("passed ")

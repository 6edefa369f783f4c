from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from command_line import CommandLine
from jsonschema import Draft202012Validator


@pytest.fixture
def quayscan(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> CommandLine:
    """`quayscan(...)` runs the command line with records and keys in folders of this test's own."""
    monkeypatch.setenv("QUAYSCAN_CONFIG", str(tmp_path / "config"))
    return CommandLine(tmp_path / "data")


@pytest.fixture(scope="session")
def schema(checkout: Path) -> Draft202012Validator:
    """The schema of a verdict."""
    text = (checkout / "host/quayscan/schema/verdict.schema.json").read_text(encoding="utf-8")
    loaded: dict[str, Any] = json.loads(text)
    Draft202012Validator.check_schema(loaded)
    return Draft202012Validator(loaded)

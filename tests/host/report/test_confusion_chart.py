from pathlib import Path

import numpy as np
import pytest

from quayscan.errors import UsageError
from quayscan.report.confusion_chart import write_confusion_chart

NAMES = ["benzene", "sodium-sulfate", "thf", "urea"]
LEAD = np.full((4, 4), np.inf)
LEAD[0, 1], LEAD[1, 0], LEAD[2, 3] = 0.1, 0.4, 1.2


@pytest.mark.parametrize(("ending", "start"), [("png", b"\x89PNG"), ("svg", b"<?xml")])
def test_the_ending_says_what_is_drawn(tmp_path: Path, ending: str, start: bytes) -> None:
    path = tmp_path / f"map.{ending}"
    write_confusion_chart(path, NAMES, LEAD, 0.5, title="drawn")
    assert path.read_bytes().startswith(start)


def test_the_picture_names_the_substances_that_have_near_neighbours(tmp_path: Path) -> None:
    import matplotlib as mpl

    path = tmp_path / "map.svg"
    with mpl.rc_context({"svg.fonttype": "none"}):
        write_confusion_chart(path, [*NAMES, "far"], np.pad(LEAD, (0, 1), constant_values=np.inf), 0.5, title="drawn")
    text = path.read_text(encoding="utf-8")
    assert all(name in text for name in NAMES)
    assert "far" not in text


def test_nothing_near_draws_all_the_same(tmp_path: Path) -> None:
    write_confusion_chart(tmp_path / "map.png", NAMES, np.full((4, 4), np.inf), 0.5, title="drawn")
    assert (tmp_path / "map.png").stat().st_size > 1000


@pytest.mark.parametrize("name", ["map.doc", "no-such-folder/map.png"])
def test_what_cannot_be_written_is_a_usage_error(tmp_path: Path, name: str) -> None:
    with pytest.raises(UsageError, match=r"--out .*cannot be written"):
        write_confusion_chart(tmp_path / name, NAMES, LEAD, 0.5, title="drawn")

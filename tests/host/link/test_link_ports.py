"""Ports by name: serial, virtual, captured."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from quayscan.errors import FileFormatError, LinkLost, PortNotFound, SimUnavailable, StoreError, UsageError
from quayscan.link import CaptureLink, list_ports, open_link
from quayscan.link.serial_link import SerialLink
from quayscan.link.sim_link import SimLink

needs_pty = pytest.mark.skipif(not hasattr(os, "openpty"), reason="this system has no pseudo-terminals")


def test_a_wrong_port_lists_the_ports_that_exist() -> None:
    with pytest.raises(PortNotFound, match=r"/dev/no-such-port cannot be opened.*Ports here: .*sim:raman785"):
        open_link("/dev/no-such-port")


def test_any_pyserial_url_is_a_port() -> None:
    link = open_link("loop://")
    link.write(b"abc")
    assert link.read(1.0) == b"abc"
    assert link.read(0.0) == b""
    link.close()


def test_the_virtual_boards_are_listed() -> None:
    assert {"sim:raman785", "sim:nir1700"} <= {port for port, _ in list_ports()}


@pytest.mark.parametrize(
    ("port", "says"),
    [
        ("sim:toaster", "choose one of nir1700, raman785"),
        ("sim:raman785?sample=gold", "choose one of acetone"),
        ("sim:raman785?colour=red", "unknown option 'colour'"),
        ("sim:raman785?seed=x", "seed=x is no number"),
    ],
)
@needs_pty
def test_a_wrong_virtual_port_says_what_exists(port: str, says: str) -> None:
    with pytest.raises(UsageError, match=says):
        open_link(port)


def test_a_system_without_ptys_says_what_sim_needs(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delattr(os, "openpty", raising=False)
    with pytest.raises(SimUnavailable, match="pseudo-terminals"):
        open_link("sim:raman785")


def test_a_missing_device_program_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("importlib.util.find_spec", lambda name: None)
    with pytest.raises(SimUnavailable, match="quayscan_fw"):
        SimLink("sim:raman785")


def test_serial_ports_and_files_need_no_posix_module() -> None:
    """As on Windows: the modules that only POSIX has cannot be imported (pyserial's own POSIX backend apart)."""
    program = """
import sys
class Refuse:
    def find_spec(self, name, path=None, target=None):
        if name in ("pty", "tty"):
            raise ImportError("not on this system: " + name)
sys.meta_path.insert(0, Refuse())
import quayscan.cli.main, quayscan.pipeline, quayscan.link.serial_link, quayscan.report.terminal
ours = [m for m in sys.modules if m.split(".")[0].startswith("quayscan")]
import ast, importlib.util
for name in ours:
    source = importlib.util.find_spec(name).origin
    if source and source.endswith(".py"):
        for node in ast.walk(ast.parse(open(source, encoding="utf-8").read())):
            names = [a.name for a in node.names] if isinstance(node, ast.Import) else []
            names += [node.module] if isinstance(node, ast.ImportFrom) and node.module else []
            assert not {"pty", "termios", "fcntl"} & set(names), (name, names)
print("fine")
"""
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=False)
    assert done.stdout.strip() == "fine", done.stderr


@needs_pty
def test_a_port_whose_other_end_goes_away_is_link_lost() -> None:
    import tty

    master, slave = os.openpty()
    tty.setraw(slave)
    link = SerialLink(os.ttyname(slave))
    os.close(slave)
    os.write(master, b"x")
    assert link.read(1.0) == b"x"
    os.close(master)
    with pytest.raises(LinkLost, match="check the cable"):
        link.read(1.0)
    link.close()


def test_a_capture_is_never_overwritten(tmp_path: Path) -> None:
    path = tmp_path / "session.jsonl"
    path.write_text("")
    link = open_link("loop://")
    with pytest.raises(UsageError, match="does not exist"):
        CaptureLink(link, path)
    link.close()


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="needs a file that is always full")
def test_a_full_disk_ends_the_capture_and_not_the_session(tmp_path: Path) -> None:
    path = tmp_path / "session.jsonl"
    link = CaptureLink(open_link("loop://"), path)
    link._file.close()
    link._file = open("/dev/full", "w", encoding="ascii")  # noqa: SIM115 (closed with the link)
    for _ in range(30):
        link.write(bytes(1000))
        assert link.read(1.0)
    with pytest.raises(StoreError, match=r"session.jsonl is incomplete: No space left.*not affected"):
        link.close()


@pytest.mark.parametrize("line", ["{", '{"dir": "up", "hex": "00"}', '{"dir": "in", "hex": "0"}', "[]"])
def test_a_damaged_capture_names_its_line(tmp_path: Path, line: str) -> None:
    path = tmp_path / "session.jsonl"
    path.write_text(json.dumps({"dir": "in", "hex": "00"}) + "\n" + line + "\n")
    with pytest.raises(FileFormatError, match="line 2"):
        open_link(f"replay:{path}")
    with pytest.raises(FileFormatError, match="cannot be read"):
        open_link(f"replay:{tmp_path / 'missing'}")

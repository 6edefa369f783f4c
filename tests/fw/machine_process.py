"""The machine (machine/run.py) in a process of its own, on either interpreter."""

import subprocess
import sys
from pathlib import Path

from running_device import FIRMWARE, MICROPYTHON

FOLDER = Path(__file__).parent / "machine"
COMMANDS = {
    "micropython": [MICROPYTHON, "-X", "heapsize=8m", "run.py"],
    "cpython": [sys.executable, "-B", "run.py"],
}
SEEN = ("state", "light", "fault", "job", "waiting", "answer", "lost", "refused", "provisioned")


class MachineProcess:
    """`do(event)` gives what was seen after it, by the names of `SEEN`; AssertionError for a broken invariant."""

    def __init__(self, interpreter, firmware=FIRMWARE):
        self._process = subprocess.Popen(
            COMMANDS[interpreter],
            cwd=FOLDER,
            env={"MICROPYPATH": f":.frozen:{firmware}", "PYTHONPATH": str(firmware)},
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )

    def do(self, event):
        self._process.stdin.write(event + "\n")
        self._process.stdin.flush()
        answer = self._process.stdout.readline()
        assert answer.startswith("ok "), f"{event}: {answer.strip() or 'the machine ended'}"
        return dict(zip(SEEN, answer.split()[1:], strict=True))

    def close(self):
        self._process.stdin.close()
        self._process.wait(20)
        self._process.stdout.close()


def run_script(interpreter, script, firmware=FIRMWARE):
    """The first complaint about a whole script, "" when there is none."""
    done = subprocess.run(
        [*COMMANDS[interpreter], "stop"],
        cwd=FOLDER,
        env={"MICROPYPATH": f":.frozen:{firmware}", "PYTHONPATH": str(firmware)},
        input=script,
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )
    lines = done.stdout.splitlines()
    events = script.splitlines()
    for event, line in zip(events, lines, strict=False):
        if not line.startswith("ok "):
            return f"{event}: {line}"
    return (
        "" if len(lines) == len(events) else f"ended after {len(lines)} of {len(events)} events: {done.stderr[-500:]}"
    )

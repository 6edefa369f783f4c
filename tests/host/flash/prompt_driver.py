"""Run by MicroPython in the folder that plays a board's files: runs scripts from stdin, one after the other.

In: u32 length and the script. Out: what it printed, 0x04, its traceback, 0x04. `machine.reset()` ends the process.
"""

import io
import struct
import sys


class Machine:
    def reset(self):
        sys.exit(77)


sys.modules["machine"] = Machine()
names = {"__name__": "__main__"}
while True:
    head = sys.stdin.buffer.read(4)
    if len(head) < 4:
        break
    script = sys.stdin.buffer.read(struct.unpack("<I", head)[0])
    said = ""
    try:
        exec(script.decode(), names)
    except Exception as error:  # noqa: BLE001 (it is told, as a prompt does)
        stream = io.StringIO()
        sys.print_exception(error, stream)
        said = stream.getvalue()
    sys.stdout.buffer.write(b"\x04" + said.encode() + b"\x04")

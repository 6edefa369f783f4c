"""Entry on the virtual bench: `micropython -m quayscan_rig.twin_main HOST:PORT TOKENHEX`. The link is stdio."""

import binascii
import sys

from quayscan_fw.board import BoardGone

from .hal_twin import TwinBoard
from .program import run


def main(argv):
    """Run the program before the bench; gives the exit code."""
    if len(argv) != 3:
        sys.stderr.write("usage: twin_main HOST:PORT TOKENHEX\n")
        return 2
    host, port = argv[1].rsplit(":", 1)
    try:
        run(TwinBoard(host, int(port), binascii.unhexlify(argv[2])))
    except KeyboardInterrupt:
        return 130
    except BoardGone:
        return 0
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv))

"""Entry on the virtual bench: `micropython -X heapsize=192k -m quayscan_fw.bench_main HOST:PORT TOKENHEX [FLASH]`.

The same with `python -m`. FLASH is the file that plays the board's flash; without it the board has none.
Stdin and stdout are the link: whatever there is to say goes to stderr.
"""

import binascii
import gc
import sys

_COMPILE_BYTES = 4096
"""Collect this often while the program is compiled, so that its large buffers find room in one piece."""


def main(argv):
    """Run the program on the bench; gives the exit code."""
    if len(argv) not in (3, 4):
        sys.stderr.write("usage: bench_main HOST:PORT TOKENHEX [FLASH]\n")
        return 2
    host, port = argv[1].rsplit(":", 1)
    try:
        BenchBoard, run = _load()
        board = BenchBoard(host, int(port), binascii.unhexlify(argv[2]), *argv[3:])
        if board.config.part_faults:
            from .bench_faults import broken

            board = broken(board, board.config.part_faults)
        run(board)
    except KeyboardInterrupt:
        return 130
    except Exception as error:  # noqa: BLE001 (the top of the program: stdout must stay clean)
        sys.stderr.write("quayscan_fw stopped: %s: %s\n" % (type(error).__name__, error))
        return 1
    return 0


def _load():
    """Import the program, leaving few gaps in a small heap."""
    if sys.implementation.name == "micropython":
        import micropython

        micropython.opt_level(3)  # no line numbers: what fails is told by its name, and they take memory
        gc.threshold(_COMPILE_BYTES)
    from .hal_bench import BenchBoard
    from .program import run

    if sys.implementation.name == "micropython":
        gc.collect()
        gc.threshold(-1)
    return BenchBoard, run


if __name__ == "__main__":
    sys.exit(main(sys.argv))

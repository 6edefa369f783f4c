"""The board, real and virtual: board definitions, the optical bench and its samples, the launcher.

`load_board` reads a board definition, `Bench` is the optics and the interlock of one virtual instrument, and
`VirtualBoard` runs the real device program against it. Importing this package needs no POSIX system.
"""

from .board import Board, board_names, load_board

__all__ = ["Board", "board_names", "load_board"]

"""What the rig's program needs of its board. Any object with these parts is one; this page is the contract.

board.uid             8 bytes
board.ticks_us()      microseconds, wraps at 2^32
board.drive(line, value)  set a line of `quayscan_wire.rig` now; gives the ticks when it was set.
                      Switches 0 or 1; STIMULUS in 1/1000; LIGHT_TEMP in 0.01 degC; MARK is nothing but a time
board.edge()          the oldest edge that nobody has taken, (ticks_us, line, value), or None; captured as it happens
board.enable()        whether the board under test asks for light, 0 or 1
board.photodiode()    what the photodiode sees, 0 to 65535
board.link            as the device program's (`quayscan_fw.board`)
"""

SAFE = ((1, 1), (2, 1), (3, 0), (5, 0), (6, 2500))
"""(line, value) that a board under test is left with: interlock closed, key on, trigger free, lamp off, 25 degC."""

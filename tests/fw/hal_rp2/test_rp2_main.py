from pathlib import Path

import pytest

ROOT_MAIN = Path(__file__).parents[3] / "firmware/quayscan_fw/hal_rp2/root/main.py"
NO_INTERRUPT, CTRL_C = -1, 3
KEY = bytes(range(32))


@pytest.fixture
def entry(chip, tmp_path, monkeypatch):
    """hal_rp2.main with its files in a folder of the test; `runs` has the boards that the program was given."""
    from quayscan_fw import program
    from quayscan_fw.hal_rp2 import board, main

    main.runs = []
    monkeypatch.setattr(main, "NAME_FILE", str(tmp_path / "board"))
    monkeypatch.setattr(main, "ONCE_FILE", str(tmp_path / "maintenance"))
    monkeypatch.setattr(main, "STORE_FOLDER", str(tmp_path / "store"))
    monkeypatch.setattr(board, "Rp2Board", lambda name: name)
    monkeypatch.setattr(program, "run", main.runs.append)
    (tmp_path / "board").write_text("raman785\n")
    return main


def test_program_runs_on_the_board_of_the_file(entry):
    entry.main()
    assert entry.runs == ["raman785"]


def test_maintain_resets_into_one_start_without_the_program(entry, chip):
    entry.main()
    assert chip.resets == 1
    entry.main()
    assert (len(entry.runs), chip.resets) == (1, 1)
    entry.main()
    assert len(entry.runs) == 2, "maintenance counts once"


def test_closed_strap_keeps_the_program_out(entry, chip, pins):
    chip.levels[pins["raman785"]["maintenance"]] = 0
    entry.main()
    assert entry.runs == []
    assert chip.resets == 0


@pytest.mark.parametrize("way", ["strap", "once"])
def test_maintenance_takes_the_key_away(entry, chip, pins, tmp_path, way):
    from quayscan_fw.hal_rp2.sector_files import SectorFiles
    from quayscan_fw.key_record import read_key, write_key

    flash = SectorFiles(str(tmp_path / "store"), 4 * 4096)
    write_key(flash, bytes(range(32)), 1)
    if way == "strap":
        chip.levels[pins["raman785"]["maintenance"]] = 0
    else:
        (tmp_path / "maintenance").touch()
    entry.main()
    assert entry.runs == []
    assert read_key(SectorFiles(str(tmp_path / "store"), 4 * 4096)) == (b"", 0)


def test_missing_name_says_what_to_do(entry, tmp_path):
    (tmp_path / "board").unlink()
    with pytest.raises(RuntimeError, match="write the board's name to it, one of nir1700, raman785"):
        entry.main()


def test_unknown_name_is_refused(entry, tmp_path):
    (tmp_path / "board").write_text("raman532")
    with pytest.raises(RuntimeError, match="'raman532': known are nir1700, raman785"):
        entry.main()


@pytest.fixture
def keyed(entry, tmp_path):
    """A board with a key, in its file and, as littlefs leaves it behind, in a block that belongs to no file."""
    from quayscan_fw.hal_rp2.sector_files import SectorFiles
    from quayscan_fw.key_record import write_key

    write_key(SectorFiles(str(tmp_path / "store"), 4 * 4096), KEY, 1)
    return entry


def kept_key(tmp_path):
    from quayscan_fw.hal_rp2.sector_files import SectorFiles
    from quayscan_fw.key_record import read_key

    return read_key(SectorFiles(str(tmp_path / "store"), 4 * 4096))[0]


def start():
    """What MicroPython does after boot.py."""
    exec(compile(ROOT_MAIN.read_text(), "main.py", "exec"), {"__name__": "__main__"})


def interrupted(*arguments):
    raise KeyboardInterrupt


def failing(*arguments):
    raise MemoryError


def test_with_a_key_ctrl_c_is_off_from_the_first_statement_on(keyed, chip):
    start()
    assert (keyed.runs, chip.interrupts) == (["raman785"], [NO_INTERRUPT])


def test_without_a_key_ctrl_c_reaches_the_prompt_while_the_program_starts(entry, chip, monkeypatch):
    from quayscan_fw.hal_rp2 import board

    monkeypatch.setattr(board, "Rp2Board", interrupted)
    start()
    assert (entry.runs, chip.interrupts, chip.resets) == ([], [NO_INTERRUPT, CTRL_C], 0)


def test_ctrl_c_that_comes_before_it_is_off_resets_and_the_key_stays(keyed, chip, monkeypatch, tmp_path):
    import micropython

    monkeypatch.setattr(micropython, "kbd_intr", interrupted)
    start()
    assert (keyed.runs, chip.resets, kept_key(tmp_path)) == ([], 1, KEY)


def test_a_program_that_fails_resets_and_never_leaves_a_prompt_beside_a_key(keyed, chip, monkeypatch, tmp_path):
    from quayscan_fw import program

    monkeypatch.setattr(program, "run", failing)
    with pytest.raises(MemoryError):  # on the chip the reset comes first
        keyed.main()
    assert (chip.resets, kept_key(tmp_path)) == (1, KEY)
    assert not (tmp_path / "maintenance").exists()


@pytest.mark.parametrize("what", ["board", "name"])
def test_a_program_that_cannot_begin_leaves_the_prompt_without_a_key(keyed, chip, monkeypatch, tmp_path, what):
    from quayscan_fw.hal_rp2 import board

    if what == "board":
        monkeypatch.setattr(board, "Rp2Board", failing)
    else:
        (tmp_path / "board").unlink()
    with pytest.raises((MemoryError, RuntimeError)):
        keyed.main()
    assert (chip.resets, kept_key(tmp_path)) == (0, b"")


def test_an_erased_key_is_gone_from_blocks_that_the_file_system_left_behind(keyed, chip, pins, tmp_path):
    record = (tmp_path / "store" / "000").read_bytes()
    others = [b"\xff" * 4096, b"M\x06" + record[2:]]
    for block, content in enumerate((record, others[0], record, others[1])):
        chip.flash.blocks[block][:] = content
    chip.levels[pins["raman785"]["maintenance"]] = 0
    keyed.main()
    assert not any(KEY in block for block in (chip.flash.blocks[0], chip.flash.blocks[2]))
    assert [chip.flash.blocks[1], chip.flash.blocks[3]] == others

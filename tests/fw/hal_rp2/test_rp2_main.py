import pytest


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

"""The file system of an emulated board: the image that `quayscan device flash` makes, on a littlefs."""

from quayscan.flash import build_image

DISK_VERSION = 0x00020000


def program_files():
    """Files of a board by their path on it: the compiled program, boot.py and main.py, and which board it is."""
    return {"board": b"raman785\n", **build_image().files}


def write_image(path, files, block_size, block_count):
    """A littlefs of these files at `path`."""
    from littlefs import LittleFS

    disk = LittleFS(block_size=block_size, block_count=block_count, prog_size=256, disk_version=DISK_VERSION)
    for name, content in files.items():
        folder = name.rpartition("/")[0]
        if folder:
            disk.makedirs(folder, exist_ok=True)
        with disk.open(name, "wb") as file:
            file.write(content)
    disk.unmount()
    path.write_bytes(disk.context.buffer)

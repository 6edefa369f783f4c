"""Copy the pixels of a frame out of what the converter delivered, turned over where the detector's output is."""

import struct
import sys


def copy_frame_plain(source, first, target, pixels, flip):
    """The slow twin that every port can run.

    Parameters
    ----------
    source : buffer of u16 little-endian, one a sample. first : the sample of pixel 0.
    target : buffer of `pixels` u16 little-endian. flip : 0, or 0xFFFF for a detector whose output falls with light.

    Raises
    ------
    ValueError
        `source` or `target` is too short.
    """
    if len(source) < 2 * (first + pixels) or len(target) < 2 * pixels:
        raise ValueError("copy_frame: a buffer is too short for %d pixels" % pixels)
    for i in range(pixels):
        struct.pack_into("<H", target, 2 * i, struct.unpack_from("<H", source, 2 * (first + i))[0] ^ flip)


if sys.implementation.name == "micropython":
    from .copy_frame_viper import copy_frame
else:
    copy_frame = copy_frame_plain

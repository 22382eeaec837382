"""A small PNG decoder, so that pictures are looked at as a browser would see them."""

import struct
import zlib

import numpy as np


def decode(data: bytes) -> np.ndarray:
    """Red, green, blue and opacity of each pixel of a palette PNG without filters."""
    assert data.startswith(b"\x89PNG\r\n\x1a\n")
    chunks, at = {}, 8
    while at < len(data):
        (length,), kind = struct.unpack(">I", data[at : at + 4]), data[at + 4 : at + 8]
        body = data[at + 8 : at + 8 + length]
        assert struct.unpack(">I", data[at + 8 + length : at + 12 + length])[0] == zlib.crc32(kind + body)
        chunks[kind] = body
        at += 12 + length
    columns, rows, depth, colour_type, *_ = struct.unpack(">IIBBBBB", chunks[b"IHDR"])
    assert (depth, colour_type) == (8, 3)
    lines = np.frombuffer(zlib.decompress(chunks[b"IDAT"]), np.uint8).reshape(rows, columns + 1)
    assert not lines[:, 0].any()
    colours = np.full((256, 4), 255, np.uint8)
    colours[:, :3] = np.frombuffer(chunks[b"PLTE"], np.uint8).reshape(-1, 3)
    colours[:, 3] = np.frombuffer(chunks[b"tRNS"], np.uint8)
    return colours[lines[:, 1:]]

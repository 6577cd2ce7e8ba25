"""Write many lines at once: constant texts and columns side by side, without a loop per line.

The lines of a chunk are laid out as one matrix of bytes in which every column has its greatest
width; unused bytes are NUL and are dropped in one pass. That is several times faster than
formatting text, and gives the same bytes whatever the machine or number of threads.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import numpy as np
from numpy.typing import NDArray

Deel = bytes | NDArray[np.bytes_]
_STUK = 8192  # lines at a time: the matrix stays in the processor cache


def column(tekst: Sequence[str], codering: str = "utf-8") -> NDArray[np.bytes_]:
    """A look-up table of texts as an array of bytes."""
    return np.array([t.encode(codering) for t in tekst], dtype=np.bytes_)


def digits(waarden: NDArray[np.integer], breedte: int) -> NDArray[np.bytes_]:
    """Non-negative integers as zero-filled texts of one width.

    Raises:
        ValueError: a value is negative or needs more digits.
    """
    rest = np.asarray(waarden, dtype=np.int64)
    if len(rest) and (int(rest.min()) < 0 or int(rest.max()) >= 10**breedte):
        raise ValueError(f"value does not fit {breedte} digits")
    out = np.empty((len(rest), breedte), dtype=np.uint8)
    for place in range(breedte - 1, -1, -1):
        rest, digit = np.divmod(rest, 10)
        out[:, place] = digit + 48
    return out.view(f"S{breedte}").reshape(-1)


def numbers(waarden: NDArray[np.integer]) -> NDArray[np.bytes_]:
    """Integers as texts without leading zeros."""
    low, high = (int(waarden.min()), int(waarden.max())) if len(waarden) else (0, 0)
    if high - low > 1_000_000:
        return waarden.astype(np.bytes_)
    table = np.array([str(n).encode() for n in range(low, high + 1)], dtype=np.bytes_)
    return table[np.asarray(waarden) - low]


def decimals(tienden: NDArray[np.integer]) -> NDArray[np.bytes_]:
    """Tenths as texts with one decimal: 29 becomes ``2.9``."""
    low, high = (int(tienden.min()), int(tienden.max())) if len(tienden) else (0, 0)
    table = np.array([f"{n / 10:.1f}".encode() for n in range(low, high + 1)], dtype=np.bytes_)
    return table[np.asarray(tienden) - low]


def hexadecimal(waarden: NDArray[np.uint64]) -> NDArray[np.bytes_]:
    """Sixteen hex digits of each 64-bit number."""
    table = np.array([f"{n:02x}".encode() for n in range(256)], dtype="S2")
    octets = waarden.astype(">u8").view(np.uint8).reshape(-1, 8)
    return np.ascontiguousarray(table[octets]).view("S16").reshape(-1)


def _merged(delen: Sequence[Deel]) -> Iterator[Deel]:
    """The parts with neighbouring constants joined."""
    constant = b""
    for deel in delen:
        if isinstance(deel, bytes):
            constant += deel
            continue
        if constant:
            yield constant
            constant = b""
        yield deel
    if constant:
        yield constant


def lines(delen: Sequence[Deel], n: int) -> bytes:
    """Put constants and columns side by side, one line feed after each line.

    Args:
        delen: constant bytes and byte arrays of shape (n,); an array's padding disappears.
        n: number of lines.

    Returns:
        ``n`` lines, each ended by a line feed.
    """
    parts = list(_merged([*delen, b"\n"]))
    widths = [len(p) if isinstance(p, bytes) else p.dtype.itemsize for p in parts]
    ends = np.cumsum(widths)
    template = np.zeros(ends[-1], dtype=np.uint8)
    for part, width, end in zip(parts, widths, ends, strict=True):
        if isinstance(part, bytes):
            template[end - width : end] = np.frombuffer(part, dtype=np.uint8)
    pieces = []
    for start in range(0, n, _STUK):
        rows = min(_STUK, n - start)
        matrix = np.tile(template, (rows, 1))
        for part, width, end in zip(parts, widths, ends, strict=True):
            if not isinstance(part, bytes) and width:
                piece = np.ascontiguousarray(part[start : start + rows])
                matrix[:, end - width : end] = piece.view(np.uint8).reshape(rows, width)
        pieces.append(matrix.tobytes().translate(None, b"\0"))
    return b"".join(pieces)

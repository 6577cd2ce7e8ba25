"""Stretches of NDJSON as Arrow text without a copy: bytes in, one string a line out.

This is what a run does with nearly all of its input, so nothing here touches a line in Python. A
stretch that holds anything but plain objects (blank lines, NUL bytes, another encoding) is not
judged here: it is handed back, for the careful way of ``ingest.fhir.door.texts``.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import IO

import numpy as np
import pyarrow as pa

from ingest.fhir.door.files import holds_lines
from ingest.fhir.door.opening import plain_start
from ingest.fhir.door.texts import MAX_TEXT_BYTES, too_long

#: Small enough to stay in the cache of a core between reading and parsing: 4 MB is a fifth slower.
CHUNK_BYTES = 1 << 20
_SNIFF_BYTES = 1 << 16
_LINE_END, _BRACE = ord("\n"), ord("{")


def text_lines(raw: bytes | pa.Buffer) -> pa.StringArray | None:
    """The lines of a stretch, line ends included, which are white space to JSON.

    Args:
        raw: whole lines; only the last may lack its line end. It must not change afterwards.

    Returns:
        One text a line that shares the memory of ``raw``; None when a line does not begin with
        ``{``, or when there is a NUL byte or anything but UTF-8 in it.
    """
    buffer = pa.py_buffer(raw)
    content = np.frombuffer(buffer, np.uint8)
    ends = np.flatnonzero(content == _LINE_END) + 1
    if content.size and (not ends.size or ends[-1] != content.size):
        ends = np.append(ends, content.size)
    offsets = np.zeros(ends.size + 1, np.int32)
    offsets[1:] = ends
    if not ends.size or np.any(content[offsets[:-1]] != _BRACE):
        return None
    lines = pa.StringArray.from_buffers(ends.size, pa.py_buffer(offsets), buffer)
    return lines if _is_text(content, lines) else None


def _is_text(content: np.ndarray, lines: pa.StringArray) -> bool:
    """Whether all bytes are UTF-8 other than NUL; of plain ASCII one look at the bytes tells."""
    if content.view(np.int8).min() > 0:
        return True
    try:
        lines.validate(full=True)
    except pa.ArrowInvalid:
        return False
    return bool(content.min() > 0)


def first_byte(file: Path) -> int | None:
    """Where the text of a file begins that is NDJSON as it stands.

    Returns:
        Length of its byte order mark, 0 without; None when it is packed, in another encoding or
        no NDJSON.
    """
    with file.open("rb") as handle:
        start = handle.read(_SNIFF_BYTES)
    mark = plain_start(start)
    return mark if mark is not None and holds_lines(file.name, start[mark:]) else None


def stretches(file: Path, begin: int) -> Iterator[pa.Buffer]:
    """Whole lines of a plain file, about a megabyte at a time.

    Args:
        file: NDJSON.
        begin: where the text begins.

    Yields:
        The bytes of lines; only the last may lack its line end.

    Raises:
        UnreadableError: a line is longer than a text may be.
    """
    held = b""
    with file.open("rb", buffering=0) as handle:
        handle.seek(begin)
        while True:
            buffer, size = _filled(handle, held)
            if size == len(held):
                break
            cut = _after_last_line(buffer, size, len(held))
            held = buffer[cut:size].to_pybytes()
            if cut:
                yield buffer[:cut]
            if len(held) > MAX_TEXT_BYTES:
                raise too_long("a line", "een regel")
    if held:
        yield pa.py_buffer(held)


def _filled(handle: IO[bytes], held: bytes) -> tuple[pa.Buffer, int]:
    """A new buffer of what was held and what comes next, and how much of it is filled."""
    buffer = pa.allocate_buffer(len(held) + max(CHUNK_BYTES, len(held)))
    view = memoryview(buffer).cast("B")
    view[: len(held)] = held
    return buffer, len(held) + handle.readinto(view[len(held) :])  # type: ignore[attr-defined]


def _after_last_line(buffer: pa.Buffer, size: int, searched: int) -> int:
    """Where the last whole line ends; 0 when none does. Before ``searched`` no line ends."""
    view, width = memoryview(buffer).cast("B"), 1 << 14
    while True:
        begin = max(searched, size - width)
        found = bytes(view[begin:size]).rfind(b"\n")
        if found >= 0:
            return begin + found + 1
        if begin == searched:
            return 0
        width *= 8

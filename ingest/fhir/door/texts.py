"""Raw texts of delivered files: what readers hand on, whatever the files looked like."""

from __future__ import annotations

from dataclasses import dataclass

from ingest.errors import IzaError

#: One text (a line, a document) may be this long; a longer one is refused, not loaded.
MAX_TEXT_BYTES = 256 << 20

#: Values in it may be so many: each takes some seventy bytes when it is parsed, or more.
MAX_TEXT_VALUES = 8_000_000

#: What counts as white space around a text; a NUL at its ends is padding.
BLANK = b" \t\r\n\0"


class UnreadableError(IzaError):
    """A file that holds no FHIR text.

    Attributes:
        nederlands: what it looks like, for the report to who delivered it.
    """

    def __init__(self, english: str, nederlands: str) -> None:
        """Say it in both languages."""
        super().__init__(english)
        self.nederlands = nederlands


@dataclass(frozen=True)
class Texts:
    """Raw texts of one file, in order.

    Attributes:
        bestand: name of the file; for a member of an archive ``archive.zip/member``.
        regels: place of each text, counted from 1: its line, or its item in a JSON list.
        teksten: the texts; none is blank.
        document: whether the file as a whole is one text.
        broken: whether the last text is what was left when no more values could be read.
    """

    bestand: str
    regels: list[int]
    teksten: list[str]
    document: bool = False
    broken: bool = False


@dataclass(frozen=True)
class Lines:
    """A stretch of whole lines of one file, as its bytes in UTF-8.

    Attributes:
        bestand: name of the file.
        first: number of its first line, counted from 1.
        raw: the bytes; only the last line of a file may lack its line end.
    """

    bestand: str
    first: int
    raw: bytes

    def texts(self) -> Texts:
        """The lines that are not blank, each with its number."""
        regels, teksten = [], []
        for number, line in enumerate(self.raw.split(b"\n"), start=self.first):
            line = line.strip(BLANK)
            if line:
                regels.append(number)
                teksten.append(decoded(line))
        return Texts(self.bestand, regels, teksten)


def too_long(what: str, wat: str) -> UnreadableError:
    """The refusal of a text that is longer than the limit."""
    limit = f"{MAX_TEXT_BYTES >> 20} MB"
    return UnreadableError(f"{what} is longer than {limit}", f"{wat} is langer dan {limit}")


def is_crowded(raw: bytes) -> bool:
    """Whether a text holds more values than can be parsed in the memory of a task."""
    if len(raw) <= MAX_TEXT_VALUES:
        return False
    return sum(map(raw.count, (b",", b"{", b"["))) > MAX_TEXT_VALUES


def crowded() -> UnreadableError:
    """The refusal of a text with more values than can be parsed."""
    most = f"{MAX_TEXT_VALUES:,}"
    return UnreadableError(
        f"a text holds more than {most} values",
        f"een tekst bevat meer dan {most.replace(',', '.')} waarden",
    )


def decoded(raw: bytes) -> str:
    """Text of raw bytes: UTF-8, or else windows-1252.

    A NUL byte becomes SUB (U+001A), which no database trips over and no JSON may contain either.
    """
    try:
        text = raw.decode("utf-8")
    except UnicodeDecodeError:
        text = raw.decode("cp1252", errors="replace")
    return text.replace("\0", "\x1a") if "\0" in text else text

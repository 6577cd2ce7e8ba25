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
        code: of ``schemas/redenen.csv``.
    """

    def __init__(self, english: str, nederlands: str, code: str = "BESTAND-ONLEESBAAR") -> None:
        """Say it in both languages."""
        super().__init__(english)
        self.nederlands = nederlands
        self.code = code


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


def values_in(raw: bytes) -> int:
    """How many values JSON text can hold at most, by the characters before them; none is parsed."""
    return sum(map(raw.count, (b",", b"{", b"[")))


def is_crowded(raw: bytes) -> bool:
    """Whether a text holds more values than can be parsed in the memory of a task."""
    return len(raw) > MAX_TEXT_VALUES and values_in(raw) > MAX_TEXT_VALUES


def crowded() -> UnreadableError:
    """The refusal of a text with more values than can be parsed."""
    most = f"{MAX_TEXT_VALUES:,}"
    return UnreadableError(
        f"a text holds more than {most} values",
        f"een tekst bevat meer dan {most.replace(',', '.')} waarden",
    )


class OpenLine:
    """A line whose end is not there yet: held as long as it can be read when it is.

    Attributes:
        why: the refusal, as soon as there is one; nothing is held then.
    """

    def __init__(self) -> None:
        """Hold nothing."""
        self.why: UnreadableError | None = None
        self._parts: list[bytes] = []
        self._size = self._values = 0

    def add(self, part: bytes) -> None:
        """The line goes on."""
        self._size += len(part)
        self._values += values_in(part)
        self._parts.append(part)
        if self._size > MAX_TEXT_BYTES:
            self.why = too_long("a line", "een regel")
        elif self._values > MAX_TEXT_VALUES:
            self.why = crowded()
        if self.why is not None:
            self.why.code = "REGEL-ONLEESBAAR"
            self._parts = []

    def with_rest(self, rest: bytes) -> bytes:
        """The line, and what follows it."""
        return b"".join((*self._parts, rest)) if self._parts else rest


def decoded(raw: bytes) -> str:
    """Text of raw bytes: UTF-8, or else windows-1252.

    A NUL byte becomes SUB (U+001A), which no database trips over and no JSON may contain either.
    """
    try:
        text = raw.decode("utf-8")
    except UnicodeDecodeError:
        text = raw.decode("cp1252", errors="replace")
    return text.replace("\0", "\x1a") if "\0" in text else text

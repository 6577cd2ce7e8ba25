"""Random values for EI elements: text with diacritics, numbers, days, BSNs and AGB codes.

Text columns are arrays of latin-1 bytes, number columns arrays of integers; an empty value is an
empty text or zero.
"""

from __future__ import annotations

import re

import numpy as np

from schemas.ei import Element

LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789"
DIACRITICS = "éèêëïîíöôóüûúàâäåãçñøæßÉËÏÖÜÀÇÑØÆÅÿþð"
_ALPHABET = np.frombuffer(
    (LETTERS * 2 + DIACRITICS + "-'./,&+()").encode("latin-1"), dtype=np.uint8
)
SPACE = 32

#: Values of code lists; those of lists that are not held are [from memory] or plausible.
CODES: dict[str, list[int] | list[str]] = {
    "COD016": [303, 305, 320, 330, 361, 8418],
    "COD029": [2, 4],
    "COD030": [1],
    "COD041": ["M", "O", "D", "MO", "MOD", "BP"],
    "COD046": [1, 2],
    "COD072": ["01", "02", "05"],
    "COD074": [0, 1],
    "COD100": [1, 2],
    "COD112": ["1", "2"],
    "COD114": [1, 2, 3],
    "COD116": [1, 2],
    "COD119": ["J", "N"],
    "COD150": [1, 2],
    "COD153": ["001"],
    "COD163": [1, 4, 8],
    "COD176": [1, 2],
    "COD183": ["J", "N"],
    "COD215": [5],
    "COD217": [1, 2, 3],
    "COD218": [1, 4, 14],
    "COD224": ["J", "N"],
    "COD227": ["J", "N"],
    "COD276": [1, 2],
    "COD321": [1, 2, 8],
    "COD327": [1, 2, 4, 6, 8],
    "COD328": ["P"],
    "COD367": [41],
    "COD392": [1, 5],
    "COD361": ["J", "N"],
    "COD412": [1, 2],
    "COD450": [1, 2],
    "COD459": [8002],
    "COD651": [1, 2],
    "COD700": [1],
    "COD732": [7, 9],
    "COD820": [1, 2],
    "COD841": [1, 2],
    "COD852": [1, 2],
    "COD853": [1],
    "COD854": ["N"],
    "COD859": [1, 2],
    "COD874": [4, 10, 11],
    "COD876": ["act_9.1"],
    "COD878": [9922, 9932, 9937, 9954],
    "COD879": [1, 2],
    "COD979": [1, 2],
    "COD980": [1, 2],
    "COD994": ["J", "N"],
}
_PERSOON = re.compile("zorgverlenerscode")
_ORGANISATIE = re.compile("instellingscode|praktijkcode")


class Toeval:
    """Draws of one seed."""

    def __init__(self, seed: int) -> None:
        self.rng = np.random.default_rng(seed)

    def some(self, n: int, share: float) -> np.ndarray:
        """True for a random part."""
        return self.rng.random(n) < share

    def pick(self, n: int, values: list) -> np.ndarray:
        """Any of the values; texts become bytes."""
        texts = [v.encode("latin-1") if isinstance(v, str) else v for v in values]
        return self.rng.choice(np.array(texts), size=n)

    def text(self, n: int, width: int, least: int = 1) -> np.ndarray:
        """Text of random length, some with diacritics and inner spaces, never a space outside."""
        width = max(width, 1)
        chars = self.rng.choice(_ALPHABET, size=(n, width))
        inner = np.arange(1, width - 1)
        if len(inner):
            blank = self.rng.random((n, len(inner))) < 0.08
            chars[:, inner] = np.where(blank, SPACE, chars[:, inner])
        length = self.rng.integers(min(least, width), width + 1, size=n)
        full = self.rng.random(n) < 0.2
        length = np.where(full, width, np.minimum(length, 40))
        last = chars[np.arange(n), length - 1]
        chars[np.arange(n), length - 1] = np.where(last == SPACE, ord("é"), last)
        chars[np.arange(width) >= length[:, None]] = 0
        return np.ascontiguousarray(chars).view(f"S{width}").reshape(n)

    def digits(self, n: int, width: int) -> np.ndarray:
        """Texts of exactly this many digits, the first no zero."""
        chars = self.rng.integers(48, 58, size=(n, width)).astype(np.uint8)
        chars[:, 0] = self.rng.integers(49, 58, size=n)
        return np.ascontiguousarray(chars).view(f"S{width}").reshape(n)

    def bsn(self, n: int) -> np.ndarray:
        """Numbers that pass the 11-proef; a few are nine nines, which means no BSN."""
        head = self.rng.integers(0, 10, size=(4 * n + 20, 8))
        head[:, 0] = 9  # no number that is handed out begins so
        head[:, 1] = self.rng.integers(0, 9, size=len(head))
        last = (head * np.arange(9, 1, -1)).sum(axis=1) % 11
        numbers = (np.c_[head, last] * 10 ** np.arange(8, -1, -1)).sum(axis=1)[last < 10][:n]
        return np.where(self.some(n, 0.02), 999_999_999, numbers)

    def agb(self, n: int, *, person: bool) -> np.ndarray:
        """AGB codes; a person has no zero in third position, an organisation has."""
        kind = self.rng.choice([1, 3, 4, 6, 12, 22, 54, 75, 94], size=n) * 1_000_000
        tail = self.rng.integers(1, 100_000, size=n)
        third = self.rng.integers(1, 10, size=n) * 100_000 if person else 0
        return kind + third + tail

    def day(self, low: np.ndarray, high: np.ndarray) -> np.ndarray:
        """A day between two days, both included, as days since 1970."""
        return low + (self.rng.random(len(low)) * (high - low + 1)).astype(np.int64)

    def element(self, element: Element, n: int) -> np.ndarray:
        """Any value that the layout of an element allows; what is not mandatory may be empty."""
        values = self._filled(element, n)
        if element.verplicht != "M":
            empty = self.some(n, 0.4)
            values = np.where(empty, b"" if values.dtype.kind == "S" else 0, values)
        return values

    def _filled(self, element: Element, n: int) -> np.ndarray:
        lijst = (element.codelijst or "").split("-")[0]
        naam = element.naam.lower()
        if lijst in CODES:
            return self.pick(n, list(CODES[lijst]))
        if element.type == "AN":
            return self.text(n, element.lengte)
        if _PERSOON.search(naam):
            return self.agb(n, person=True)
        if _ORGANISATIE.search(naam):
            return self.agb(n, person=False)
        if naam.startswith("btw-percentage"):
            return self.pick(n, [600, 900, 2100])
        return self.rng.integers(1, 10**element.lengte, size=n)


def ei(days: np.ndarray) -> np.ndarray:
    """Days since 1970 as EEJJMMDD numbers."""
    months = days.astype("datetime64[D]").astype("datetime64[M]")
    year = months.astype("datetime64[Y]").astype(np.int64) + 1970
    month = months.astype(np.int64) % 12 + 1
    day = (days.astype("datetime64[D]") - months).astype(np.int64) + 1
    return year * 10_000 + month * 100 + day


def since(text: str) -> int:
    """Days since 1970 of a date."""
    return int(np.datetime64(text, "D").astype(np.int64))

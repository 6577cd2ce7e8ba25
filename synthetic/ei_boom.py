"""Where the records of many EI messages stand: a tree of records, laid out line by line.

The order is that of the EI standards: per insured person 02, per prestatie 04, then its 06, 16 and
17; a 98 stands right behind the record it comments on.
"""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

#: Records that hang under a prestatie, in the order of the standards.
KINDEREN = ("06", "16", "17")
CODES = ("02", "04", *KINDEREN)

Getallen = NDArray[np.int64]


@dataclass(frozen=True)
class Boom:
    """Which record hangs under which.

    Attributes:
        berichten: number of messages.
        ouder: by record code the position of the parent of each record, ascending: the message of
            a 02, the 02 of a 04, the 04 of a 06, 16 or 17.
        credit: whether a prestatie is a credit, shape (number of 04,).
        commentaar: by record code the position of the record each comment is about, ascending.
    """

    berichten: int
    ouder: dict[str, Getallen]
    credit: NDArray[np.bool_]
    commentaar: dict[str, Getallen] = field(default_factory=dict)

    def count(self, code: str) -> int:
        """Number of records of a kind; comments are ``98``."""
        if code == "98":
            return sum(len(over) for over in self.commentaar.values())
        return len(self.ouder[code])

    def message_of(self, code: str) -> Getallen:
        """Message of every record of a kind."""
        if code == "98":
            parts = [self.message_of(c)[over] for c, over in self.comments()]
            return np.concatenate(parts) if parts else np.zeros(0, dtype=np.int64)
        rows = self.ouder[code]
        return rows if code == "02" else self.message_of(_parent(code))[rows]

    def comments(self) -> list[tuple[str, Getallen]]:
        """What is commented on, in the order in which the values of record 98 are given."""
        return [(code, self.commentaar[code]) for code in CODES if code in self.commentaar]


def _parent(code: str) -> str:
    return "02" if code == "04" else "04"


def within(parent: Getallen) -> Getallen:
    """Position of each child under its parent, from 0; parents ascend."""
    return np.arange(len(parent)) - np.searchsorted(parent, parent)


def _before(parent: Getallen, size: Getallen) -> Getallen:
    """Lines that the earlier children of the same parent take."""
    reached = np.cumsum(size) - size
    return reached - reached[np.searchsorted(parent, parent)] if len(parent) else reached


def _sizes(boom: Boom) -> tuple[dict[str, Getallen], dict[str, Getallen]]:
    """Lines of each record with its comments, and with all that hangs under it, by code."""
    own = {
        code: 1
        + np.bincount(
            boom.commentaar.get(code, np.zeros(0, dtype=np.int64)), minlength=boom.count(code)
        )
        for code in boom.ouder
    }
    whole = dict(own)
    for code in (*KINDEREN, "04"):
        if code in boom.ouder:
            parent = _parent(code)
            lines = np.bincount(boom.ouder[code], whole[code], minlength=boom.count(parent))
            whole[parent] = whole[parent] + lines.astype(np.int64)
    return own, whole


@dataclass(frozen=True)
class Plaatsing:
    """The lines of all messages.

    Attributes:
        regel: line of every record, from 0 over all messages, by code.
        begin: first line of each message and one past the last, shape (messages + 1,).
        nummer: detail number of every record by code, from 1 in each message; a comment has that
            of the record it is about.
    """

    regel: dict[str, Getallen]
    begin: Getallen
    nummer: dict[str, Getallen]


def place(boom: Boom) -> Plaatsing:
    """Lay out the records of all messages, without 01 and 99.

    Args:
        boom: the records.

    Returns:
        Lines and detail numbers.
    """
    own, whole = _sizes(boom)
    regel: dict[str, Getallen] = {}
    first = boom.ouder["02"]
    lines = np.bincount(first, whole["02"], minlength=boom.berichten).astype(np.int64)
    begin = np.r_[0, np.cumsum(lines)]
    regel["02"] = begin[first] + _before(first, whole["02"])
    person = boom.ouder["04"]
    regel["04"] = regel["02"][person] + own["02"][person] + _before(person, whole["04"])
    after = regel["04"] + own["04"]
    for code in KINDEREN:
        if code in boom.ouder:
            parent = boom.ouder[code]
            regel[code] = after[parent] + _before(parent, whole[code])
            taken = np.bincount(parent, whole[code], minlength=boom.count("04"))
            after = after + taken.astype(np.int64)
    numbered = np.zeros(int(begin[-1]), dtype=np.int64)
    for at in regel.values():
        numbered[at] = 1
    numbered = np.r_[0, np.cumsum(numbered)]
    start = numbered[begin[:-1]]
    nummer = {code: numbered[at + 1] - start[boom.message_of(code)] for code, at in regel.items()}
    comments = boom.comments()
    if comments:
        regel["98"] = np.concatenate([regel[c][over] + 1 + within(over) for c, over in comments])
        nummer["98"] = np.concatenate([nummer[c][over] for c, over in comments])
    return Plaatsing(regel, begin, nummer)

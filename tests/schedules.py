"""Schedules: in which order, how often and in which parts the same records come in."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from random import Random


@dataclass(frozen=True)
class Sending:
    """Files that are delivered together.

    Attributes:
        bron: the source.
        periode: the period it names.
        files: content by file name.
    """

    bron: str
    periode: str
    files: tuple[tuple[str, bytes], ...]

    def write(self, folder: Path) -> Path:
        """Write the files to a new folder; the folder."""
        folder.mkdir(parents=True)
        for name, content in self.files:
            (folder / name).write_bytes(content)
        return folder


def read_sendings(inbox: Path, wanted: dict[str, tuple[str, ...]]) -> list[Sending]:
    """Deliveries of a demo region.

    Args:
        inbox: folder that holds ``<bron>/<periode>/``.
        wanted: periods by source.

    Returns:
        One sending a source and period.
    """
    return [
        Sending(bron, periode, tuple((f.name, f.read_bytes()) for f in sorted(folder.iterdir())))
        for bron, periods in wanted.items()
        for periode in periods
        for folder in [inbox / bron / periode]
    ]


def schedule(sendings: list[Sending], random: Random) -> list[Sending]:
    """One way in which the same records may come in.

    Half of the deliveries are cut into two or three, with some records in more than one of them; a
    third of what results comes twice; and all of it comes in any order, so a correction comes
    before what it corrects, and the later year before the earlier.
    """
    parts = [p for s in sendings for p in (_cut(s, random) if random.random() < 0.5 else [s])]
    parts += [part for part in parts if random.random() < 1 / 3]
    random.shuffle(parts)
    return parts


def _cut(sending: Sending, random: Random) -> list[Sending]:
    count = random.choice((2, 3))
    shares: list[list[tuple[str, bytes]]] = [[] for _ in range(count)]
    for name, content in sending.files:
        if name.endswith((".ndjson", ".csv")):
            for share, text in zip(shares, _deal(name, content, count, random), strict=True):
                share.append((name, text))
        else:
            # A message is a whole; one in ten comes in two parts.
            for at in random.sample(range(count), 2 if random.random() < 0.1 else 1):
                shares[at].append((name, content))
    return [Sending(sending.bron, sending.periode, tuple(share)) for share in shares if share]


def _deal(name: str, content: bytes, count: int, random: Random) -> list[bytes]:
    lines = content.splitlines(keepends=True)
    head = lines[:1] if name.endswith(".csv") else []
    shares = [list(head) for _ in range(count)]
    for line in lines[len(head) :]:
        for at in random.sample(range(count), 2 if random.random() < 0.1 else 1):
            shares[at].append(line)
    for share in shares:
        body = share[len(head) :]
        random.shuffle(body)
        share[len(head) :] = body
    return [b"".join(share) for share in shares]

"""The verdict on resources: the fast judge accepts, the reference judges the rest.

Runs in the process of intake, or in worker processes for large deliveries.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context

from ingest.fhir.judge import Item, Wrong, judge
from ingest.fhir.validatie.fast import parse, surely_valid

#: A worker needs about a second to start; below this many resources it does not pay.
POOL_FROM = 200_000

#: Number, resource type and text of each.
Chunk = list[tuple[int, str, str]]


def judge_chunk(chunk: Chunk) -> list[Wrong]:
    """Judge resources one after another; also what a worker process runs."""
    wrongs: list[Wrong] = []
    for record_nr, naam, tekst in chunk:
        if not surely_valid(naam, parse(tekst)):
            wrongs += judge(Item(record_nr, naam, tekst))
    return wrongs


def judge_chunks(chunks: Iterable[Chunk], number: int, processes: int) -> Iterator[list[Wrong]]:
    """Judge a stream of chunks.

    Args:
        chunks: the resources; few of them are held at a time.
        number: how many resources there are, to decide on workers.
        processes: how many may run at the same time.

    Yields:
        The faults of each chunk, in order.
    """
    if processes < 2 or number < POOL_FROM:
        yield from map(judge_chunk, chunks)
        return
    with ProcessPoolExecutor(processes, mp_context=get_context("spawn")) as pool:
        waiting = []
        for chunk in chunks:
            waiting.append(pool.submit(judge_chunk, chunk))
            if len(waiting) > 4 * processes:  # bounds what is held in memory
                yield waiting.pop(0).result()
        for future in waiting:
            yield future.result()

"""The verdict on resources: the fast judge accepts, the reference judges the rest.

After structure come the codes of required bindings (which refuse) and the rules of profiles (which
warn; decision 0009). Runs in the process of intake, or in workers for large deliveries.
"""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from contextlib import contextmanager
from multiprocessing import get_context

from ingest.errors import WorkerError
from ingest.fhir.validation.fast import parse, surely_valid, unknown_codes
from ingest.fhir.validation.judge import Item, Wrong, judge
from ingest.fhir.validation.rules import broken_rules
from ingest.parent import end_with_parent

#: A worker needs about a second to start; below this many resources it does not pay.
POOL_FROM = 200_000

#: Number, resource type and text of each.
Chunk = list[tuple[int, str, str]]


def verdict(record_nr: int, naam: str, tekst: str) -> list[Wrong]:
    """Judge one resource.

    Args:
        record_nr: its number.
        naam: its resource type.
        tekst: its text.

    Returns:
        What is wrong with it, or odd: ``schemas/redenen.csv`` says which of the two a reason is.
    """
    inhoud = parse(tekst)
    if not surely_valid(naam, inhoud):
        wrongs = judge(Item(record_nr, naam, tekst))
        if wrongs:
            return wrongs
        words = "code staat niet in de verplichte codelijst van FHIR R4"
        codes = unknown_codes(naam, inhoud)
        if codes:
            return [Wrong(record_nr, element, words, "CODE-ONBEKEND") for element in codes]
    if not isinstance(inhoud, dict):
        return []
    return [
        Wrong(record_nr, regel.element, "profielregel", regel.reden_code)
        for regel in broken_rules(naam, inhoud)
    ]


def judge_chunk(chunk: Chunk) -> list[Wrong]:
    """Judge resources one after another; also what a worker process runs."""
    return [wrong for resource in chunk for wrong in verdict(*resource)]


@contextmanager
def _workers(processes: int) -> Iterator[ProcessPoolExecutor]:
    """Processes that judge; they end with this one, and what waits is dropped when it fails."""
    pool = ProcessPoolExecutor(
        processes,
        mp_context=get_context("spawn"),
        initializer=end_with_parent,
        initargs=(os.getpid(),),
    )
    try:
        yield pool
    except BrokenProcessPool as error:
        raise WorkerError(
            "A process that judged resources was ended from outside, maybe for want of memory. "
            "Load the delivery again; with IZA_THREADS=1 it is judged without such processes."
        ) from error
    finally:
        pool.shutdown(cancel_futures=True)


def judge_chunks(chunks: Iterable[Chunk], number: int, processes: int) -> Iterator[list[Wrong]]:
    """Judge a stream of chunks.

    Args:
        chunks: the resources; few of them are held at a time.
        number: how many resources there are, to decide on workers.
        processes: how many may run at the same time.

    Yields:
        What is wrong in each chunk, in order.

    Raises:
        WorkerError: one of the processes was ended from outside.
    """
    if processes < 2 or number < POOL_FROM:
        yield from map(judge_chunk, chunks)
        return
    with _workers(processes) as pool:
        waiting: list[Future[list[Wrong]]] = []
        for chunk in chunks:
            waiting.append(pool.submit(judge_chunk, chunk))
            if len(waiting) > 4 * processes:  # bounds what is held in memory
                yield waiting.pop(0).result()
        for future in waiting:
            yield future.result()

"""Digest of refusals over intake reports."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable


def digest(reports: Iterable[dict]) -> list[dict]:
    """Count refused records per source and reason.

    Args:
        reports: intake reports as the ledger holds them.

    Returns:
        ``bron_id``, ``reden_code`` and ``aantal`` records, the largest count first.
    """
    counts: Counter[tuple[str, str]] = Counter()
    for report in reports:
        for reden in report["redenen"]:
            counts[report["bron"], reden["code"]] += reden["aantal"]
    ordered = sorted(counts.items(), key=lambda item: (-item[1], item[0]))
    return [
        {"bron_id": bron_id, "reden_code": code, "aantal": aantal}
        for (bron_id, code), aantal in ordered
    ]

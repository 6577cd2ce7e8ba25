"""What dbt says about a run: which models and tests there were, and which failed and why."""

from __future__ import annotations

import json
import re
from collections import Counter
from dataclasses import dataclass
from pathlib import Path
from subprocess import CompletedProcess
from typing import Any

from ingest.errors import BuildError

_GOOD = frozenset({"success", "pass", "warn", "skipped", "no-op"})
_SHOWN = 20


@dataclass(frozen=True)
class NodeResult:
    """One model, seed or test of a run.

    Attributes:
        naam: name without project.
        soort: model, seed, test or unit_test.
        status: as dbt gives it.
        melding: its message, in one line.
        seconden: duration.
    """

    naam: str
    soort: str
    status: str
    melding: str
    seconden: float

    @property
    def failed(self) -> bool:
        """Whether the run counts as failed because of this node."""
        return self.status not in _GOOD


def read_results(target: Path) -> list[NodeResult]:
    """Read ``run_results.json``.

    Args:
        target: folder of dbt's artefacts.

    Returns:
        One result a node, in the order in which dbt ended them; empty when there is no file.
    """
    path = target / "run_results.json"
    if not path.is_file():
        return []
    results = json.loads(path.read_text(encoding="utf-8"))["results"]
    return [_node(result) for result in results]


def _node(result: dict[str, Any]) -> NodeResult:
    soort, _project, *rest = result["unique_id"].split(".")
    return NodeResult(
        naam=rest[0] if soort != "unit_test" else ".".join(rest),
        soort=soort,
        status=result["status"],
        melding=_one_line(result.get("message") or ""),
        seconden=result.get("execution_time") or 0.0,
    )


def _one_line(text: str) -> str:
    return re.sub(r"\s+", " ", text).strip()[:400]


def count_by_kind(results: list[NodeResult]) -> dict[str, int]:
    """Number of nodes of each kind that ran."""
    return dict(Counter(result.soort for result in results if result.status != "skipped"))


def check_run(
    process: CompletedProcess[str], results: list[NodeResult], remedy: str | None = None
) -> None:
    """Stop when dbt failed.

    Args:
        process: the ended process, with its output.
        results: what ``read_results`` gave.
        remedy: what the reader can do about it, when that is known (``marts.too_small``).

    Raises:
        BuildError: lists the failing models and tests with their messages, not dbt's log.
    """
    failed = [result for result in results if result.failed]
    if process.returncode == 0 and not failed:
        return
    if not failed:
        words = remedy or f"dbt stopped before it built anything: {_last_words(process)}"
        raise BuildError(words)
    lines = [f"- {result.soort} {result.naam}: {result.melding}" for result in failed[:_SHOWN]]
    if len(failed) > _SHOWN:
        lines.append(f"- and {len(failed) - _SHOWN} more")
    skipped = sum(result.status == "skipped" for result in results)
    raise BuildError(
        f"The build failed in {len(failed)} place(s); {skipped} later step(s) were skipped and "
        "the marts were left as they were:\n" + "\n".join([*lines, *([remedy] if remedy else [])])
    )


def _last_words(process: CompletedProcess[str]) -> str:
    # dbt prints its own errors on standard output, each line with a time in front.
    text = re.sub(r"^\d\d:\d\d:\d\d +", "", process.stdout or "", flags=re.MULTILINE)
    start = text.find("Encountered an error:")
    text = text[start + len("Encountered an error:") :] if start >= 0 else text[-600:]
    return _one_line(text) or _one_line((process.stderr or "")[-600:]) or "no message"

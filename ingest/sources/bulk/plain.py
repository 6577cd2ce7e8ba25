"""What a server says, made fit for a console and a log: no address, token, number or reference."""

from __future__ import annotations

import re
from typing import Any

import httpx
import orjson

_LONGEST = 300
_RULES = [
    (re.compile(r"[^\x20-\x7e\u00a1-\u024f]+"), " "),  # control characters of terminals
    (re.compile(r"(?i)\b[a-z][a-z0-9+.-]{1,20}://[^\s\"'<>]*"), "(address)"),
    (re.compile(r"\b[A-Z][A-Za-z]{2,40}/[A-Za-z0-9.\-]{1,64}"), "(reference)"),
    (re.compile(r"\S+@\S+"), "(address)"),
    (re.compile(r"[A-Za-z0-9_\-+/=.]{30,}"), "(long text)"),
    (re.compile(r"\b\d{4}-\d{2}-\d{2}\S*|\b\d{2}-\d{2}-\d{4}\b"), "(date)"),
    (re.compile(r"\d[\d .-]{4,}\d"), "(number)"),
    (re.compile(r"\[", re.ASCII), "("),
    (re.compile(r"\]", re.ASCII), ")"),
]
_CODE = re.compile(r"[a-z][a-z-]{1,30}")

#: Issue types (FHIR value set ``issue-type``) that say: try again later.
TRANSIENT = {
    "transient", "lock-error", "no-store", "exception", "timeout", "incomplete", "throttled",
}  # fmt: skip


def plain(text: object) -> str:
    """A text of a server without what could identify a person or open a door."""
    result = str(text)[: 4 * _LONGEST]
    for pattern, instead in _RULES:
        result = pattern.sub(instead, result)
    result = " ".join(result.split())
    return result if len(result) <= _LONGEST else result[:_LONGEST] + "…"


def _code(value: object) -> str:
    return value if isinstance(value, str) and _CODE.fullmatch(value) else "unknown"


def issues(body: bytes) -> list[dict[str, Any]]:
    """The issues of an OperationOutcome; empty when the body is none."""
    try:
        found = orjson.loads(body)
    except orjson.JSONDecodeError:
        return []
    if not isinstance(found, dict) or found.get("resourceType") != "OperationOutcome":
        return []
    listed = found.get("issue")
    return [i for i in listed if isinstance(i, dict)] if isinstance(listed, list) else []


def severity_and_code(issue: dict[str, Any]) -> tuple[str, str]:
    """Severity and type of an issue; ``unknown`` for what is no code."""
    return _code(issue.get("severity")), _code(issue.get("code"))


def outcome_codes(response: httpx.Response) -> str:
    """Status and issue types of an answer; no free text, which could name a person."""
    codes = sorted({"/".join(severity_and_code(issue)) for issue in issues(response.content)})
    return ", ".join([f"status {response.status_code}", *codes])


def outcome_text(response: httpx.Response) -> str:
    """What an answer says in words, for a request that no patient is part of."""
    texts = []
    for issue in issues(response.content):
        details = issue.get("details")
        words = (details.get("text") if isinstance(details, dict) else None) or issue.get(
            "diagnostics"
        )
        if words:
            texts.append(plain(words))
    return "; ".join([outcome_codes(response), *texts])

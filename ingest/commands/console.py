"""How commands speak: results on standard output, messages for people on standard error."""

from __future__ import annotations

import json
import sys
from typing import Any

from rich.console import Console, Group
from rich.markup import escape
from rich.table import Table
from rich.text import Text

# Piped output is read by programs and by grep: wide enough that no identity is cut off.
_WIDTH = None if sys.stdout.isatty() else 160

messages = Console(stderr=True, highlight=False, soft_wrap=True)
output = Console(highlight=False, width=_WIDTH)


def shown(text: str) -> str:
    """Text of a sender, such as a name of a file, that does nothing to the terminal it is shown on.

    What is no printable character is written as in Python; brackets are no markup.
    """
    return escape("".join(c if c.isprintable() else ascii(c)[1:-1] for c in text))


def print_json(data: Any) -> None:
    """Print one JSON object on standard output, nothing else."""
    sys.stdout.write(json.dumps(data, ensure_ascii=False, sort_keys=True) + "\n")


def say(text: str) -> None:
    """Tell how far the work is, on standard error."""
    messages.print(text)


def table(title: str, columns: list[str], rows: list[list[Any]]) -> Group:
    """A table for people; numbers are set right."""
    result = Table(header_style="bold")
    for position, column in enumerate(columns):
        numeric = bool(rows) and all(isinstance(row[position], int | float) for row in rows)
        result.add_column(
            column, justify="right" if numeric else "left", overflow="fold", no_wrap=numeric
        )
    for row in rows:
        result.add_row(*(f"{v:,}" if isinstance(v, int) else str(v) for v in row))
    return Group(Text(title, style="bold"), result)  # a table would fold its own title

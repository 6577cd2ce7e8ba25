"""How the demonstration speaks: lines with the time since the start, and one live line on a tty."""

from __future__ import annotations

import time
from collections.abc import Iterator
from contextlib import contextmanager

from rich.console import Console

console = Console(highlight=False, soft_wrap=True)
_START = time.monotonic()


def say(text: str) -> None:
    """Print a line, with the seconds since the start before it."""
    console.print(f"{time.monotonic() - _START:6.1f} s  {text}", markup=False)


def headline(text: str) -> None:
    """Print the name of a phase."""
    console.print(f"==> {text}", markup=False, style="bold")


class Durations:
    """How long each phase took, in seconds, in order."""

    def __init__(self) -> None:
        self.seconds: dict[str, float] = {}

    @contextmanager
    def phase(self, name: str) -> Iterator[None]:
        """Announce a phase and measure it."""
        headline(name)
        begin = time.monotonic()
        try:
            yield
        finally:
            self.seconds[name] = self.seconds.get(name, 0.0) + time.monotonic() - begin

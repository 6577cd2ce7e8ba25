"""The table of settings in ``docs/settings.md``, made from the settings class."""

from __future__ import annotations

import sys

from ingest.settings import Settings

_INTRO = """# Settings

Made by `make docs` from `ingest/settings.py`. Every setting is an environment variable
or a line in a `.env` file; secrets belong in the environment or in a file that only the service
can read.

| variable | default | meaning |
|---|---|---|
"""


#: Defaults that are found out on the machine.
_DERIVED = {
    "threads": "cores / tasks",
    "memory_limit": "0.8 x memory / tasks - 500 MB",
}


def settings_table() -> str:
    """Markdown text of the page: one row a setting."""
    rows = []
    for name, field in Settings.model_fields.items():
        default = _DERIVED.get(name) or field.get_default()
        shown = "" if default is None else f"`{default}`"
        rows.append(f"| `IZA_{name.upper()}` | {shown} | {field.description} |")
    return _INTRO + "\n".join(rows) + "\n"


if __name__ == "__main__":
    sys.stdout.write(settings_table())

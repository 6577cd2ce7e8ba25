"""The parsed dbt project, kept between builds of the same code.

Parsing takes longer than most of what comes after it, and longer with every model. What comes of it
depends on the files of the project, on dbt itself and on where the project lies: those make the
name of the file. dbt looks again whether it fits, and parses all of it when in doubt.
"""

from __future__ import annotations

import hashlib
import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from importlib.metadata import version
from pathlib import Path
from uuid import uuid4

from marts.fingerprint import code_hash

#: What dbt writes into its target folder after a full parse.
_WRITTEN = "partial_parse.msgpack"
_KEPT = 4

#: What a connection is made of differs from build to build and says nothing about the project.
#: The name of the database is the same everywhere, and is in the names of relations.
_SAME = {"IZA_BUILD_TEMP": "tmp", "IZA_BUILD_MEMORY": "1GB"}


def parsed_file(room: Path, project: Path) -> Path:
    """Where the parsed project is kept.

    Args:
        room: folder for what can be made again.
        project: folder with ``dbt_project.yml``.

    Returns:
        The file; it is there or not.
    """
    made_of = (code_hash(project), str(project.resolve()), version("dbt-core"))
    name = hashlib.sha256("\0".join(made_of).encode()).hexdigest()[:16]
    return room / "dbt" / f"{name}.msgpack"


@contextmanager
def surroundings(file: Path) -> Iterator[None]:
    """In which to parse: dbt finds the parsed project, and what differs between builds is gone.

    Args:
        file: where the parsed project is kept.
    """
    database = Path(os.environ["IZA_BUILD_DB"]).name
    changed = {**_SAME, "IZA_BUILD_DB": database}
    if file.is_file():
        changed["DBT_PARTIAL_PARSE_FILE_PATH"] = str(file)
    before = {name: os.environ.get(name) for name in changed}
    os.environ.update(changed)
    try:
        yield
    finally:
        for name, value in before.items():
            if value is None:
                del os.environ[name]
            else:
                os.environ[name] = value


def keep(target: Path, file: Path) -> None:
    """Keep what a full parse wrote; nothing when the parsed project was there.

    Args:
        target: dbt's target folder.
        file: where the parsed project is kept.
    """
    written = target / _WRITTEN
    if not written.is_file():
        return
    file.parent.mkdir(parents=True, exist_ok=True)
    beside = file.with_name(f".{file.name}-{uuid4().hex[:8]}")
    shutil.copyfile(written, beside)
    beside.rename(file)  # another build may have put the same one there
    others = sorted(file.parent.iterdir(), key=lambda path: path.stat().st_mtime)
    for old in others[:-_KEPT]:
        old.unlink(missing_ok=True)

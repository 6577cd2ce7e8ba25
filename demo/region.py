"""The demo region in the inbox: written once, never mixed with other deliveries."""

from __future__ import annotations

import json
import os
import shutil
from collections.abc import Callable
from dataclasses import asdict, dataclass
from pathlib import Path

from demo.errors import DemoUseError
from demo.place import Place
from ingest.pseudonym import DEMO_KEY
from ingest.settings import Settings

_TRUTH = "waarheid"
_STANDARD_PERSONS = 20_000


@dataclass(frozen=True)
class RegionArguments:
    """What determines every byte of the demo region.

    Attributes:
        personen: number of persons.
        seed: of the random draws.
    """

    personen: int
    seed: int = 1


def wanted_region() -> RegionArguments:
    """The region to write: ``IZA_DEMO_PERSONEN`` persons, 20,000 when it is not set.

    Raises:
        DemoUseError: it is no number of at least 100.
    """
    text = os.environ.get("IZA_DEMO_PERSONEN") or str(_STANDARD_PERSONS)
    if not text.isdecimal() or int(text) < 100:
        raise DemoUseError(f"IZA_DEMO_PERSONEN={text} is wrong: give a number of 100 or more.")
    return RegionArguments(int(text))


def ensure_region(
    settings: Settings, place: Place, wanted: RegionArguments, progress: Callable[[str], None]
) -> bool:
    """Write the demo region to the inbox unless it is there.

    It is written beside the inbox and moved in when it is whole; a kill at any moment is mended by
    the next call.

    Args:
        settings: says where the inbox is.
        place: says where the marker and ``waarheid/`` are.
        wanted: arguments of the region.
        progress: told how far the work is.

    Returns:
        Whether it was written now.

    Raises:
        DemoUseError: the inbox holds another region, or deliveries of somebody else.
    """
    inbox = settings.inbox_dir
    whole = inbox / ".regio"
    making = inbox / ".regio-in-wording"
    marker = _read(place.region_marker)
    if marker is not None:
        _check_same(marker, wanted, place)
        if marker["klaar"]:
            return False
    else:
        _check_empty(inbox)
        shutil.rmtree(making, ignore_errors=True)
        shutil.rmtree(whole, ignore_errors=True)
        making.mkdir(parents=True)
        from synthetic.region import write_region

        write_region(wanted.personen, wanted.seed, making, progress=progress)
        making.rename(whole)
        _write(place.region_marker, wanted, done=False)
    _move_in(whole, inbox, place)
    _write(place.region_marker, wanted, done=True)
    return True


def _move_in(whole: Path, inbox: Path, place: Place) -> None:
    for folder in sorted(whole.iterdir()) if whole.is_dir() else ():
        target = place.home / _TRUTH if folder.name == _TRUTH else inbox / folder.name
        if target.exists():
            shutil.rmtree(target)
        shutil.move(folder, target)
    shutil.rmtree(whole, ignore_errors=True)


def _check_empty(inbox: Path) -> None:
    there = sorted(p.name for p in inbox.glob("*") if not p.name.startswith("."))
    if there:
        raise DemoUseError(
            f"{inbox} holds deliveries that the demonstration did not write ({', '.join(there)}). "
            "Set IZA_HOME to an empty folder for the demonstration."
        )


def _check_same(marker: dict, wanted: RegionArguments, place: Place) -> None:
    there = RegionArguments(marker["personen"], marker["seed"])
    if there != wanted:
        raise DemoUseError(
            f"{place.home} holds a demo region of {there.personen:,} persons, asked for are "
            f"{wanted.personen:,}. Set IZA_DEMO_PERSONEN={there.personen}, or IZA_HOME to another "
            "folder."
        )


def _read(marker: Path) -> dict | None:
    if not marker.exists():
        return None
    return dict(json.loads(marker.read_text(encoding="utf-8")))


def _write(marker: Path, wanted: RegionArguments, *, done: bool) -> None:
    marker.parent.mkdir(parents=True, exist_ok=True)
    temporary = marker.with_suffix(".tmp")
    temporary.write_text(json.dumps(asdict(wanted) | {"klaar": done}), encoding="utf-8")
    temporary.replace(marker)


def promises_kerncijfers(place: Place) -> bool:
    """Whether this home holds a demo region large enough to show the published figures.

    Read from what the region itself wrote down, never guessed from data: its size, and the key that
    only invented persons are loaded with.

    Args:
        place: says where the marker and the key are.
    """
    own_key = any(name in os.environ for name in ("IZA_PSEUDONYM_KEY", "IZA_PSEUDONYM_KEY_FILE"))
    marker, key = _read(place.region_marker), place.home / "sleutel"
    if own_key or marker is None or not key.is_file():
        return False
    demo_key = key.read_text(encoding="utf-8").strip() == DEMO_KEY
    return demo_key and marker["personen"] >= _STANDARD_PERSONS

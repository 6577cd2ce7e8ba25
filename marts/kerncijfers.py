"""Whether a build holds its figures against the published ones: only that of a demo region may."""

from __future__ import annotations

from ingest.errors import SettingsError
from ingest.pseudonym import DEMO_KEY, load_key
from ingest.settings import Settings


def tolerance_of(settings: Settings) -> str:
    """What a build does with kerncijfers outside their tolerance (docs/decisions/0035).

    Args:
        settings: ``kerncijfers``, and the pseudonym key when that is ``check``.

    Returns:
        ``show`` or ``check``.

    Raises:
        SettingsError: ``check`` in an installation whose key is not that of the demonstration: the
            figures of real data are an outcome, and never stop a build.
    """
    if settings.kerncijfers == "check" and load_key(settings).value != DEMO_KEY.encode():
        raise SettingsError(
            "IZA_KERNCIJFERS=check is for the demo region alone, and this installation has a "
            "pseudonym key of its own. Leave the setting out."
        )
    return settings.kerncijfers

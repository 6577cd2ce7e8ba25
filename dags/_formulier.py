"""Fields that more than one form asks for."""

from __future__ import annotations

from collections.abc import Mapping

from airflow.sdk import Asset, Param


def period_param(title: str, description: str) -> Param:
    """A period, or nothing.

    Args:
        title: label of the field.
        description: what it is for; how to write a period is added.

    Returns:
        The field; 2025, 2025Q1 and 2025-01 are right.
    """
    return Param(
        None,
        type=["null", "string"],
        title=title,
        description=f"{description} Written as 2025, 2025Q1 or 2025-01.",
        pattern=r"^\d{4}(Q[1-4]|-(0[1-9]|1[0-2]))?$",
    )


def source_param(description: str, assets: Mapping[str, Asset]) -> Param:
    """A registered source, or nothing.

    Args:
        description: what it is for.
        assets: the sources to choose from, by ``bron_id``.

    Returns:
        The field, a list of names.
    """
    names = {bron_id: asset.extra["naam"] for bron_id, asset in assets.items()}
    return Param(
        None,
        type=["null", "string"],
        title="Source",
        description=description,
        enum=[None, *assets],
        values_display={"null": "All sources"} | names,
    )

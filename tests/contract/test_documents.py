"""Generated pages agree with what they are made from."""

from __future__ import annotations

from pathlib import Path

from ingest.settings_table import settings_table
from marts.quality_page import quality_page

ROOT = Path(__file__).parents[2]


def test_settings_page_is_current() -> None:
    page = (ROOT / "docs" / "settings.md").read_text(encoding="utf-8")
    assert page == settings_table(), "run 'make docs'"


def test_quality_page_is_current() -> None:
    page = (ROOT / "docs" / "gegevenskwaliteit.md").read_text(encoding="utf-8")
    assert page == quality_page(), "run 'make docs'"


def test_links_between_documents_resolve() -> None:
    import re

    broken = []
    for page in [*ROOT.glob("*.md"), *ROOT.glob("docs/**/*.md")]:
        for target in re.findall(r"\]\((?!https?:|#)([^)#]+)", page.read_text(encoding="utf-8")):
            if not (page.parent / target).exists():
                broken.append(f"{page.relative_to(ROOT)} -> {target}")
    assert broken == []

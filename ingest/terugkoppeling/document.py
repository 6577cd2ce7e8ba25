"""A whole HTML document around a body: nothing from elsewhere is in it."""

from __future__ import annotations

from html import escape

from ingest.terugkoppeling.beeld.svg import PATTERNS
from ingest.terugkoppeling.html import Html
from ingest.terugkoppeling.style import STYLE


def document(titel: str, body: Html) -> str:
    """The document, in Dutch; equal for equal bodies."""
    return (
        '<!DOCTYPE html>\n<html lang="nl">\n<head>\n<meta charset="utf-8">\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        f"<title>{escape(titel)}</title>\n<style>\n{STYLE}</style>\n"
        f"</head>\n<body>\n{PATTERNS}{body}</body>\n</html>\n"
    )

"""``iza fetch``, ``iza key pair``, ``iza key jwks``: sources that are pulled from a server."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer
from rich.markup import escape

from ingest.commands.console import messages, output, print_json
from ingest.commands.deliveries import AsJson, show_report
from ingest.commands.stopping import goes_on_where_it_was
from ingest.errors import DataRefusedError, UsageError

if TYPE_CHECKING:  # the other commands start without an HTTP client
    from ingest.sources.bulk.fetch import Fetched
    from ingest.sources.bulk.keys import Algorithm


def _say(text: str) -> None:
    messages.print(escape(text))


def _as_json(fetched: Fetched) -> dict[str, Any]:
    nothing: dict[str, Any] = {
        "levering": None,
        "bron": fetched.bron_id,
        "status": "leeg",
        "tabellen": {},
    }
    report = fetched.rapport.as_dict() if fetched.rapport else nothing | {"redenen": []}
    return report | {"ophalen": fetched.as_dict()}


def _show(fetched: Fetched) -> None:
    what = f"changed since {fetched.sinds}" if fetched.sinds else "everything"
    output.print(
        f"{fetched.bron_id}, {what}, as of {fetched.moment}: {fetched.regels:,} lines in "
        f"{fetched.bestanden} files, {fetched.bytes / 1e6:,.1f} MB",
        soft_wrap=True,
    )
    if fetched.rapport is None:
        output.print("Nothing came, so nothing was loaded.")
    else:
        show_report(fetched.rapport)
    found = fetched.meldingen
    if not found.total:
        return
    counts = found.counts | ({"unreadable": found.unreadable} if found.unreadable else {})
    told = ", ".join(f"{number:,} x {name}" for name, number in counts.items())
    output.print(f"\nThe server reported: {told}", soft_wrap=True)
    output.print(f"  kept in {fetched.meldingen_map}; its texts may name persons", soft_wrap=True)
    if found.serious and not fetched.bijgewerkt:
        output.print("  Data may be missing: the next pull asks from the same moment once more.")


def fetch(
    bron: Annotated[str, typer.Argument(help="Source with a server, such as fhir-huisartsen.")],
    periode: Annotated[
        str | None,
        typer.Option(help="2025, 2025Q1 or 2025-01; by the moment of the server when left out."),
    ] = None,
    full: Annotated[
        bool, typer.Option("--full", help="Ask for everything, not only what changed.")
    ] = False,
    drop: Annotated[
        bool, typer.Option("--cancel", help="Drop the export under way and load nothing.")
    ] = False,
    as_json: AsJson = False,
) -> None:
    """Pull a source from its FHIR server (Bulk Data) and load what came; goes on when interrupted.

    A file in the folder of servers says where a source is:
    docs/how-to/pull-from-a-fhir-server.md.
    """
    from ingest.settings import load_settings
    from ingest.sources.bulk.fetch import cancel
    from ingest.sources.bulk.fetch import fetch as fetch_source

    settings = load_settings()
    if drop:
        if periode or full:
            raise UsageError("--cancel goes with no other option.")
        found = cancel(settings, bron, progress=_say)
        _say(f"The export of {bron} is dropped." if found else f"{bron} has no export under way.")
        if as_json:
            print_json({"bron": bron, "geannuleerd": found})
        return
    with goes_on_where_it_was():
        fetched = fetch_source(settings, bron, periode=periode, full=full, progress=_say)
    if as_json:
        print_json(_as_json(fetched))
    else:
        _show(fetched)
    if fetched.rapport is not None and fetched.rapport.status == "geweigerd":
        raise DataRefusedError(
            f"Nothing of delivery {fetched.rapport.levering_id} was accepted; "
            f"'iza explain {fetched.rapport.levering_id}' says why."
        )


def key_pair(
    file: Annotated[Path, typer.Argument(help="Where the private key goes; keep it secret.")],
    alg: Annotated[str, typer.Option(help="ES384 or RS384, as the server takes.")] = "ES384",
) -> None:
    """Make the key pair by which a FHIR server knows us, and print its public half (JWKS)."""
    from ingest.sources.bulk.keys import public_jwks, write_pair

    if alg not in ("ES384", "RS384"):
        raise UsageError(f"--alg {alg} is unknown: use ES384 or RS384.")
    algorithm: Algorithm = alg  # type: ignore[assignment]
    print_json(public_jwks(write_pair(file, algorithm)))
    _say(f"Private key in {file}. Register the public key printed here at the server.")


def key_jwks(
    file: Annotated[Path, typer.Argument(help="The private key file, JWK or PEM.")],
    kid: Annotated[str | None, typer.Option(help="Another name than the file gives.")] = None,
) -> None:
    """Print the public half (JWKS) of a private key, to register it at a FHIR server."""
    from ingest.sources.bulk.keys import public_jwks, read_key

    print_json(public_jwks(read_key(file, kid)))

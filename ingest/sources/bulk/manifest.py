"""The complete manifest of an export, as a server gives it."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, Any
from urllib.parse import urljoin

from pydantic import BaseModel, ConfigDict, Field, SecretStr, ValidationError, field_serializer

from ingest.errors import RemoteRefusedError

_TYPE = r"^[A-Za-z]{1,64}$"


class ManifestFile(BaseModel):
    """One file: resource type, address (often signed, so never shown) and number of resources."""

    model_config = ConfigDict(extra="ignore", frozen=True)

    type: Annotated[str, Field(pattern=_TYPE)] | None = None  # later versions leave it out
    url: SecretStr
    count: Annotated[int, Field(ge=0)] | None = None

    @field_serializer("url", when_used="json")
    def _kept(self, url: SecretStr) -> str:
        return url.get_secret_value()


class Link(BaseModel):
    """A further page of the manifest (versions after 2)."""

    model_config = ConfigDict(extra="ignore", frozen=True)

    relation: str
    url: SecretStr

    @field_serializer("url", when_used="json")
    def _kept(self, url: SecretStr) -> str:
        return url.get_secret_value()


class Manifest(BaseModel):
    """The manifest; ``outcome`` is what version 4 calls ``error``.

    Attributes:
        transactionTime: moment of the server the export is true for; kept as it was written.
    """

    model_config = ConfigDict(extra="ignore", frozen=True)

    transactionTime: str  # noqa: N815 (a name of the standard)
    requiresAccessToken: bool  # noqa: N815 (a name of the standard)
    output: list[ManifestFile] = []
    deleted: list[ManifestFile] = []
    error: list[ManifestFile] = []
    outcome: list[ManifestFile] = []
    link: list[Link] = []

    def next_page(self) -> str | None:
        """Address of the next page, if there is one."""
        return next((k.url.get_secret_value() for k in self.link if k.relation == "next"), None)


def instant(text: str) -> datetime:
    """A FHIR instant.

    Raises:
        ValueError: not an instant, or one without a time zone.
    """
    moment = datetime.fromisoformat(text)
    if moment.tzinfo is None:
        raise ValueError("no time zone")
    return moment


def parse_manifest(body: bytes, address: str) -> Manifest:
    """Read one page of a manifest; relative addresses are resolved against ``address``.

    Raises:
        RemoteRefusedError: not a manifest; the message names the element, never its value.
    """
    try:
        page = Manifest.model_validate_json(body)
        instant(page.transactionTime)
    except ValidationError as error:
        wrong = "; ".join(
            sorted(
                {f"{'.'.join(map(str, e['loc'])) or 'body'}: {e['type']}" for e in error.errors()}
            )
        )
        raise RemoteRefusedError(f"The manifest of the server is not as agreed: {wrong}.") from None
    except ValueError:
        raise RemoteRefusedError(
            "The manifest of the server is not as agreed: transactionTime is no instant."
        ) from None

    def absolute(files: list[Any]) -> list[Any]:
        return [
            f.model_copy(update={"url": SecretStr(urljoin(address, f.url.get_secret_value()))})
            for f in files
        ]

    kinds = ("output", "deleted", "error", "outcome", "link")
    try:
        return page.model_copy(update={kind: absolute(getattr(page, kind)) for kind in kinds})
    except ValueError:
        raise RemoteRefusedError("The manifest names something that is no address.") from None


def merge(pages: list[Manifest]) -> Manifest:
    """One manifest of all pages; the earliest moment counts, so nothing is skipped next time."""
    return Manifest(
        transactionTime=min((p.transactionTime for p in pages), key=instant),
        requiresAccessToken=any(p.requiresAccessToken for p in pages),
        output=[f for p in pages for f in p.output],
        deleted=[f for p in pages for f in p.deleted],
        error=[f for p in pages for f in (*p.error, *p.outcome)],
    )

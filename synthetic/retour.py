"""Retour messages of the demo region: which messages are answered, and what that comes to."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterator
from dataclasses import dataclass, field

import numpy as np

from schemas.ei.retour import Retourvorm, retour_forms
from synthetic.berichten import Berichten
from synthetic.ei_regels import UZOVI, VERZEKERAARS
from synthetic.kalender import JAREN
from synthetic.kans import generator
from synthetic.retour_bericht import Besluit, Heen, retour_message
from synthetic.retour_plan import decide
from synthetic.vervanging import VERVANGEN, replacement_name

BRON = "retour-verzekeraars"
#: Month and day, in the year after that of the delivery, of the answer to a message, of a second
#: answer to it, and of the answer to a message that took its place.
ANTWOORD, HERZIEN, ANTWOORD_VERVANGING = 215, 515, 815
#: Days on which the state is told, beside the present one.
PEILDAGEN = tuple(jaar * 10_000 + dag for jaar in (2024, 2025) for dag in (301, 601, 701, 901))


def retour_form(box: Berichten) -> Retourvorm | None:
    """The form of the answers to messages; None when its layout is not held."""
    form = retour_forms()[box.sector.ei_code, box.layout.versie]
    return None if form.ontbreekt else form


@dataclass(frozen=True)
class Verzonden:
    """A message that can be answered.

    Attributes:
        bestand: its file.
        levering: year of the delivery it is in.
        antwoord: days of its answers, the second where there is one, as ``20240215``.
        tot: day on which another message takes its place, or None.
    """

    bestand: str
    levering: int
    antwoord: tuple[int, ...]
    tot: int | None


def _sent(box: Berichten, post: int, vervangen: bool) -> Iterator[Verzonden]:
    """The message of a post, and the one that took its place."""
    name, day = box.name(post), (box.levering + 1) * 10_000
    until = day + VERVANGEN if vervangen else None
    yield Verzonden(name, box.levering, (day + ANTWOORD, day + HERZIEN), until)
    if vervangen:
        later = (day + ANTWOORD_VERVANGING,)
        yield Verzonden(replacement_name(name), box.levering + 1, later, None)


@dataclass
class Toekenningen:
    """What insurers grant, by sector.

    Attributes:
        heden: by (sector, AGB code, year of care): lines with an answer, what was declared on them
            and what is granted, in eurocents; lines refused and lines granted in part.
        verloop: by (day, sector): what is granted on debit lines as known on that day.
    """

    heden: dict[tuple[str, str, int], list[int]] = field(
        default_factory=lambda: defaultdict(lambda: [0] * 5)
    )
    verloop: dict[tuple[int, str], int] = field(default_factory=lambda: defaultdict(int))

    def count(self, sector: str, agb: str, heen: Heen, besluit: Besluit) -> None:
        """Count the lines of a message that stand in the end, under the last decision on it."""
        refused = besluit.cent == 0
        lowered = ~refused & (besluit.cent < heen.cent)
        figures = (
            np.ones_like(heen.cent),
            heen.teken * heen.cent,
            heen.teken * besluit.cent,
            refused,
            lowered,
        )
        for jaar in np.unique(heen.jaar[~heen.is_fout]).tolist():
            rows = ~heen.is_fout & (heen.jaar == jaar)
            found = self.heden[sector, agb, jaar]
            found[:] = [
                n + int(figure[rows].sum()) for n, figure in zip(found, figures, strict=True)
            ]

    def follow(
        self, sector: str, heen: Heen, besluiten: list[tuple[int, Besluit]], tot: int | None
    ) -> None:
        """Count the debit lines of a message on every day that is told.

        Args:
            sector: name.
            heen: the message.
            besluiten: the decisions on it with their days, in order.
            tot: day on which another message takes its place, or None.
        """
        debit = ~heen.is_fout & (heen.teken > 0)
        for peildag in PEILDAGEN:
            known = [besluit for dag, besluit in besluiten if dag <= peildag]
            if known and (tot is None or peildag < tot):
                self.verloop[peildag, sector] += int(known[-1].cent[debit].sum())


@dataclass
class Verzekeraars:
    """Answers messages and delivers the answers, one file an insurer, standard and delivery.

    Attributes:
        seed: of the region.
        gecrediteerd: numbers of credited prestaties by sector.
        toekenningen: told of what is granted.
    """

    seed: int
    gecrediteerd: dict[str, set[int]]
    toekenningen: Toekenningen = field(default_factory=Toekenningen)

    def answer(self, nr: int, box: Berichten, vervangen: Collection[int]) -> None:
        """Answer the closed messages of a sector, year of care and delivery.

        Args:
            nr: number of the draws; another one for each set of messages.
            box: the messages.
            vervangen: posts whose message is sent again a year later.
        """
        form = retour_form(box)
        if form is None:
            return
        rng = generator(self.seed, "retour", nr)
        for post in np.flatnonzero(box.details()).tolist():
            for sent in _sent(box, post, post in vervangen):
                self._answer(rng, box, form, post, sent)

    def _answer(
        self, rng: np.random.Generator, box: Berichten, form: Retourvorm, post: int, sent: Verzonden
    ) -> None:
        """Answer one message: not, once, or twice."""
        content = box.leveringen.path(box.bron, sent.levering, sent.bestand).read_bytes()
        heen, sector = Heen.read(box.layout, content), box.sector.naam
        decided = decide(rng, heen, self.gecrediteerd[sector])
        besluiten = list(zip(sent.antwoord, decided, strict=False))
        for i, (dag, besluit) in enumerate(besluiten):
            levering = min(sent.levering + i, JAREN[-1])
            retour = retour_message(heen, form, besluit, dag)
            name = f"{form.standaard}_{UZOVI[post % VERZEKERAARS].decode()}.asc"
            lines = sum(retour.aantal.values())
            box.leveringen.append(BRON, levering, name, retour.inhoud, lines)
            for code, n in retour.aantal.items():
                box.leveringen.count(BRON, levering, f"{form.standaard}/{code}", n)
        if besluiten and sent.tot is None:
            agb = box.wereld.zorgaanbieders.agb[post // VERZEKERAARS]
            self.toekenningen.count(sector, agb, heen, besluiten[-1][1])
        self.toekenningen.follow(sector, heen, besluiten, sent.tot)

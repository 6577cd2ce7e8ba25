"""The report for the sender as one HTML page: no scripts, no links elsewhere, fit to be printed."""

from __future__ import annotations

from typing import Any

from ingest.terugkoppeling.beeld.staven import UITKOMSTEN
from ingest.terugkoppeling.beeld.svg import legend
from ingest.terugkoppeling.comparison import compared, comparison
from ingest.terugkoppeling.document import document
from ingest.terugkoppeling.html import Html, euro, listing, number, table
from ingest.terugkoppeling.mirror import changed, mirror
from ingest.terugkoppeling.outcome import COUNTS, reasons, records, rules_hit, whole_bar
from ingest.terugkoppeling.whole import earlier, whole

#: The page names so many messages; ``rapport.json`` has them all.
BERICHTEN = 200

_STATUS = {
    "geaccepteerd": "Alles is geaccepteerd.",
    "deels": "Een deel is geaccepteerd, een deel is geweigerd.",
    "geweigerd": "Niets is geaccepteerd.",
    "dubbel": "Dubbel aangeleverd.",
}
_LEEG = "Er zat geen enkel record in de levering."


def _summary(content: dict[str, Any]) -> Html:
    total = content["totaal"]
    words = _STATUS[content["status"]] if total["aangeleverd"] else _LEEG
    # Nothing at all is no fault and still what a sender should look at.
    tone = content["status"] if total["aangeleverd"] else "deels"
    line = Html("p", words, klasse=f"uitkomst {tone}")
    text = Html(
        "p",
        f"Aangeleverde records: {number(total['aangeleverd'])}. Daarvan "
        f"{number(total['geaccepteerd'])} geaccepteerd, {number(total['quarantaine'])} geweigerd "
        f"en {number(total['dubbel'])} overgeslagen als dubbel. Elk record is precies één keer "
        "geteld.",
    )
    facts = listing(
        {
            "Levering": content["levering"],
            "Bron": content["bron"],
            "Periode": content["periode"],
            "Soort": content["soort"],
            "Vergeleken": compared(content),
            "Spiegelcijfers": changed(content),
        }
    )
    bar = whole_bar(content)
    return Html(
        "section",
        Html("h2", "In het kort"),
        line,
        text,
        Html("div", legend(UITKOMSTEN), bar, klasse="kijk") if bar else None,
        facts,
    )


def _amounts(content: dict[str, Any]) -> Html | None:
    found = content.get("bedragen")
    if found is None or not any(message["standaard"] for message in content["berichten"]):
        return None  # amounts of nothing that could be read would say that nothing was declared
    rows = [
        ["Ingediend", euro(found["ingediend_eur"])],
        ["Geaccepteerd", euro(found["geaccepteerd_eur"])],
        ["Geweigerd", euro(found["geweigerd_eur"])],
    ]
    unread = found["onleesbaar"]
    note = f"Bij {number(unread)} geweigerde records is het bedrag niet leesbaar."
    return Html(
        "section",
        Html("h2", "Bedragen"),
        table("Declaratiebedragen, credit afgetrokken van debet", ["uitkomst", "bedrag"], rows),
        Html("p", note) if unread else None,
        Html(
            "p",
            "Geaccepteerd betekent hier: het record is goed gelezen en gecontroleerd. Wat de "
            "verzekeraar toekent en betaalt, staat in het retourbericht van de verzekeraar.",
        ),
    )


def _answer(message: dict[str, Any], written: list[str]) -> str:
    retour = message["retour"]
    if retour["ontbreekt"]:
        return str(retour["ontbreekt"])
    name = f"retour/{retour['bestand']}"
    kind = f"{retour['standaard']} v{retour['versie']}"
    return f"{kind}: {name}" if name in written else f"{kind}, op verzoek"


def _messages(content: dict[str, Any]) -> Html | None:
    messages = content.get("berichten")
    if not messages:
        return None
    order = {"geweigerd": 0, "deels": 1, "dubbel": 2, "geaccepteerd": 3}
    shown = sorted(messages, key=lambda m: order[m["status"]])[:BERICHTEN]
    rows = [
        [
            m["bestand"],
            str(m["regel"]),
            f"{m['standaard']} v{m['versie']}" if m["standaard"] else "niet herkend",
            m["status"],
            *(number(sum(c[k] for c in m["records"].values())) for k in COUNTS[:3]),
            euro(m["bedragen"]["geaccepteerd_eur"]),
            euro(m["bedragen"]["geweigerd_eur"]),
            _answer(m, content["retourbestanden"]),
        ]
        for m in shown
    ]
    heads = [
        "bestand", "regel", "standaard", "uitkomst", "records", "geaccepteerd", "geweigerd",
        "bedrag geaccepteerd", "bedrag geweigerd", "retourbericht",
    ]  # fmt: skip
    more = (
        f"Dit zijn {len(rows)} van {number(len(messages))} berichten; rapport.json noemt ze alle."
    )
    return Html(
        "section",
        Html("h2", "Per bericht"),
        table("Berichten, geweigerde eerst", heads, rows),
        Html("p", more) if len(messages) > len(rows) else None,
    )


def _not_judged(content: dict[str, Any]) -> Html | None:
    lists = content.get("niet_getoetst")
    if not lists:
        return None
    rows = [
        [n["standaard"], n["codelijst"], f"in {', '.join(n['elementen'])}", n["naam"]]
        for n in lists
    ]
    text = (
        "Codes uit deze lijsten zijn niet getoetst, omdat de lijst niet beschikbaar is. Een "
        "verzekeraar kan ze wel toetsen."
    )
    return Html(
        "section",
        Html("h2", "Wat niet is getoetst"),
        Html("p", text),
        table("Codelijsten", ["standaard", "codelijst", "elementen", "gaat over"], rows),
    )


def page(content: dict[str, Any]) -> str:
    """The page.

    Args:
        content: a report of ``sender_report``, with the names of the retour messages.

    Returns:
        A whole document in Dutch; equal for equal reports.
    """
    found = content["redenen"]
    after = (content["bouw"] or {}).get("geweigerd", [])
    body = Html(
        "main",
        Html("h1", "Terugkoppeling op uw levering"),
        _summary(content),
        whole(content),
        earlier(content),
        records(content),
        _amounts(content),
        rules_hit(content),
        comparison(content),
        mirror(content),
        reasons(
            "Wat niet is geaccepteerd",
            "Per reden: wat er aan de hand is, hoe vaak, wat u kunt doen en waar het staat. Van "
            "elke reden staan hier enkele voorbeelden.",
            [r for r in found if not r["gevolg"]],
        ),
        reasons(
            "Wat daardoor ook niet is geaccepteerd",
            "Deze records zijn geweigerd omdat een ander record of het hele bericht is geweigerd. "
            "Herstelt u dat, dan is hier niets aan te doen.",
            [r for r in found if r["gevolg"]],
        ),
        reasons(
            "Geaccepteerd, met een opmerking",
            "Deze records zijn geaccepteerd. Kijk of u de bron kunt verbeteren.",
            content["waarschuwingen"],
        ),
        reasons(
            "Wat de bouw daarna niet kon gebruiken",
            "Deze records zijn geaccepteerd. Naast alle andere leveringen bleek dat er geen cijfer "
            "op kan rusten.",
            after,
        ),
        _messages(content),
        _not_judged(content),
        Html("footer", Html("p", "Dezelfde gegevens staan in rapport.json, voor verwerking.")),
    )
    return document(f"Terugkoppeling {content['levering']}", body)

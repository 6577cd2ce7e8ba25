# Een cijfer uitgelegd, stap voor stap. Openen: marimo edit docs/voorbeelden/een_cijfer_uitgelegd.py
import marimo

app = marimo.App(width="medium", app_title="Een cijfer uitgelegd")


@app.cell
def _():
    import os
    from pathlib import Path

    import duckdb
    import figuren
    import marimo as mo

    serving = Path(os.environ.get("IZA_HOME", "data")) / "serving.duckdb"
    con = duckdb.connect(str(serving), read_only=True)

    def vraag(sql, *waarden):
        """Rows of a query as dictionaries."""
        gevonden = con.execute(sql, list(waarden))
        namen = [kolom[0] for kolom in gevonden.description]
        return [dict(zip(namen, rij, strict=True)) for rij in gevonden.fetchall()]

    return figuren, mo, vraag


@app.cell
def _(mo):
    mo.md("""
    # Een cijfer uitgelegd

    Waar komt een cijfer van de spiegel vandaan, en wat mag u eruit lezen? Kies een indicator, een
    jaar en een zorgaanbieder. Elke stap hieronder rekent het cijfer na.

    Dit notebook leest alleen wat het gebruik *kwaliteit* mag zien. Er staat geen ranglijst in: van
    twee zorgaanbieders die allebei binnen de grenzen liggen, is niet te zeggen wie het beter doet.
    """)
    return


@app.cell
def _(mo, vraag):
    _namen = {
        rij["naam"]: rij["indicator_id"]
        for rij in vraag(
            """
            select distinct i.naam, s.indicator_id
            from kwaliteit_spiegel as s
            inner join ref_indicator as i using (indicator_id, definitie_versie)
            where s.niveau = 'zorgaanbieder' and s.funnel_klasse <> 'geen_oordeel'
            order by i.naam
            """
        )
    }
    _standaard = "Hartfalen: acute opname"
    kies_indicator = mo.ui.dropdown(
        _namen,
        value=_standaard if _standaard in _namen else next(iter(_namen)),
        label="Indicator",
    )
    return (kies_indicator,)


@app.cell
def _(kies_indicator, mo, vraag):
    _jaren = vraag(
        """
        select distinct periode from kwaliteit_spiegel
        where indicator_id = ? and periode_type = 'jaar' and niveau = 'zorgaanbieder'
        order by periode
        """,
        kies_indicator.value,
    )
    kies_periode = mo.ui.dropdown(
        [rij["periode"] for rij in _jaren], value=_jaren[-1]["periode"], label="Jaar"
    )
    return (kies_periode,)


@app.cell
def _(kies_indicator, kies_periode, vraag):
    eenheden = vraag(
        """
        select * from kwaliteit_spiegel
        where
            indicator_id = ? and periode = ? and periode_type = 'jaar'
            and niveau = 'zorgaanbieder' and uitsplitsing = 'TOTAAL'
        order by eenheid_id
        """,
        kies_indicator.value,
        kies_periode.value,
    )
    return (eenheden,)


@app.cell
def _(eenheden, kies_indicator, kies_periode, mo):
    # De eerste die opvalt, anders de eerste met een oordeel.
    _opvallend = [e for e in eenheden if e["funnel_klasse"].startswith("ver_")]
    _beoordeeld = [e for e in eenheden if e["funnel_klasse"] != "geen_oordeel"]
    _keuze = (_opvallend or _beoordeeld or eenheden)[0]
    kies_eenheid = mo.ui.dropdown(
        {f"{e['eenheid_naam']} ({e['eenheid_id']})": e["eenheid_id"] for e in eenheden},
        value=f"{_keuze['eenheid_naam']} ({_keuze['eenheid_id']})",
        label="Zorgaanbieder",
    )
    mo.vstack([kies_indicator, kies_eenheid, kies_periode])
    return (kies_eenheid,)


@app.cell
def _(eenheden, kies_eenheid, vraag):
    cijfer = next(e for e in eenheden if e["eenheid_id"] == kies_eenheid.value)
    (definitie,) = vraag(
        "select * from ref_indicator where indicator_id = ? and definitie_versie = ?",
        cijfer["indicator_id"],
        cijfer["definitie_versie"],
    )
    is_deel = definitie["soort_meting"].startswith("proportie")

    def getal(waarde, cijfers=0):
        """A number with a point for thousands and a comma for decimals."""
        if waarde is None:
            return "niet bekend"
        return f"{float(waarde):,.{cijfers}f}".translate(str.maketrans(",.", ".,"))

    def toon(waarde, cijfers=1):
        """A value as a reader wants it: a share as a percentage, another number with a comma."""
        if waarde is None or not is_deel:
            return getal(waarde, cijfers)
        return f"{getal(100 * waarde, cijfers)}%"

    return cijfer, definitie, getal, is_deel, toon


@app.cell
def _(cijfer, definitie, getal, mo, toon):
    nagerekend = float(cijfer["teller"]) / float(cijfer["noemer"])
    mo.md(f"""
    ## 1. De waarde: tellen en delen

    **{definitie["naam"]}.** {definitie["uitleg"]}

    | | wat telt | aantal |
    |---|---|---:|
    | teller | {definitie["teller_omschrijving"]} | {getal(cijfer["teller"])} |
    | noemer | {definitie["noemer_omschrijving"]} | {getal(cijfer["noemer"])} |
    | **waarde** | teller gedeeld door noemer | **{toon(cijfer["waarde"])}** |

    Het gaat om {getal(cijfer["n_personen"])} mensen. Eenheid: {definitie["eenheid"]}. Deze
    definitie (versie {cijfer["definitie_versie"]}) wordt gevraagd in: {definitie["bron"]}.
    """)
    return (nagerekend,)


@app.cell
def _(cijfer, is_deel, mo, toon):
    def wilson(teller, noemer, z=1.959963984540054):
        """95% interval of a proportion (Wilson 1927)."""
        p, n = teller / noemer, noemer
        midden = p + z * z / (2 * n)
        breedte = z * (p * (1 - p) / n + z * z / (4 * n * n)) ** 0.5
        return (midden - breedte) / (1 + z * z / n), (midden + breedte) / (1 + z * z / n)

    interval = wilson(float(cijfer["teller"]), float(cijfer["noemer"])) if is_deel else None
    mo.md(f"""
    ## 2. Het interval: hoe zeker is dat?

    Met evenveel mensen had de waarde door toeval ook anders kunnen uitvallen. Het interval van 95%
    loopt van **{toon(cijfer["ci_laag"])}** tot **{toon(cijfer["ci_hoog"])}**. Hoe minder mensen,
    hoe breder. {
        f"Nagerekend met de formule van Wilson: {toon(interval[0])} tot {toon(interval[1])}."
        if interval
        else "Dit cijfer is geen deel van een geheel; de formule staat in docs/statistiek.md."
    }
    """)
    return (interval,)


@app.cell
def _(cijfer, getal, mo, toon):
    verhouding = float(cijfer["teller"]) / float(cijfer["verwacht"]) if cijfer["verwacht"] else None
    mo.md(f"""
    ## 3. De verwachting: wat hoort bij deze mensen?

    De ene zorgaanbieder heeft oudere of minder welvarende patiënten dan de andere. Daarom rekenen
    we uit wat de teller zou zijn als hij het in elke groep net zo deed als alle zorgaanbieders
    samen: **{getal(cijfer["verwacht"], 1)}**. Geteld is **{getal(cijfer["teller"])}**. Geteld
    gedeeld door verwacht is **{getal(verhouding, 2)}**; 1 is precies zoals verwacht.

    Zonder die correctie: het hele land zit op {toon(cijfer["referentie_landelijk"])},
    vergelijkbare zorgaanbieders ({(cijfer["peergroep"] or "geen groep").replace("_", " ")}) samen
    op {toon(cijfer["referentie_peer"])}.
    """)
    return (verhouding,)


@app.cell
def _(cijfer, eenheden, figuren, mo, toon):
    punten = figuren.punten(eenheden, cijfer["eenheid_id"])
    _oordeel = {
        "binnen": "ligt **binnen de grenzen**: het verschil met de verwachting kan toeval zijn",
        "laag": "ligt **onder de grens van 95%**: zonder oorzaak hooguit een op de veertig keer",
        "hoog": "ligt **boven de grens van 95%**: zonder oorzaak hooguit een op de veertig keer",
        "ver_laag": "ligt **onder de grens van 99,8%**: dat is vrijwel zeker geen toeval",
        "ver_hoog": "ligt **boven de grens van 99,8%**: dat is vrijwel zeker geen toeval",
        "geen_oordeel": "krijgt **geen oordeel**: te weinig mensen, of niets om mee te vergelijken",
    }[cijfer["funnel_klasse"]]
    mo.vstack(
        [
            mo.md(f"""
    ## 4. De trechter: is het verschil meer dan toeval?

    {cijfer["eenheid_naam"]} {_oordeel}. De grenzen zijn smaller naarmate er meer mensen zijn;
    daarom heeft de figuur de vorm van een trechter. Een oordeel is geen rang en zegt niet
    *waardoor* het verschil er is. Zorgaanbieders met te weinig mensen voor een oordeel staan niet
    in de figuur: {len(eenheden) - len(punten)}.
    """),
            figuren.trechter(punten),
            mo.md(
                f"Een deel van elk verschil is toeval. Daarom is er ook een waarde die naar het "
                f"verwachte toe is getrokken: {toon(cijfer['waarde_krimp'])}."
                if cijfer["funnel_klasse"] == "binnen"
                else ""
            ),
        ]
    )
    return


@app.cell
def _(cijfer, mo, toon, vraag):
    norm = vraag("select * from ref_norm where norm_id = ?", cijfer["norm_id"])
    _hard = {
        "norm": "een norm: zo hoort het",
        "ambitie": "een ambitie: hier werken partijen naartoe",
        "voorstel": "een voorstel: nog niet afgesproken",
        "bespreekpunt": "een bespreekpunt: er wordt nog over gesproken",
    }
    _tekst = "Voor dit cijfer is geen norm afgesproken. Dan zegt de spiegel ook niet wat goed is."
    if norm:
        _doel = "gehaald" if (cijfer["afstand_tot_doel"] or 0) >= 0 else "nog niet gehaald"
        _tekst = (
            f"Het doel is **{toon(cijfer['doelwaarde'])}** in {norm[0]['doeljaar']} en is "
            f"{_doel if cijfer['doelwaarde'] is not None else 'nog zonder waarde'}; afstand "
            f"{toon(cijfer['afstand_tot_doel'])} (onder nul: nog te gaan). Het is "
            f"{_hard[norm[0]['status']]}. Bron: {norm[0]['bron']}."
        )
    mo.md(f"""
    ## 5. De norm: waar willen we heen?

    {_tekst}
    """)
    return (norm,)


@app.cell
def _(cijfer, figuren, is_deel, mo, vraag):
    verloop = vraag(
        """
        select periode, waarde, ci_laag, ci_hoog, referentie_landelijk, doelwaarde, trend
        from kwaliteit_spiegel
        where
            indicator_id = ? and definitie_versie = ? and niveau = 'zorgaanbieder'
            and eenheid_id = ? and uitsplitsing = 'TOTAAL' and periode_type = 'jaar'
        order by periode
        """,
        cijfer["indicator_id"],
        cijfer["definitie_versie"],
        cijfer["eenheid_id"],
    )
    _laatste = verloop[-1]["trend"]
    _woorden = {
        "gelijk": "niet van toeval te onderscheiden van het jaar ervoor",
        "verbeterd": "duidelijk beter dan het jaar ervoor",
        "verslechterd": "duidelijk slechter dan het jaar ervoor",
        "gestegen": "duidelijk hoger dan het jaar ervoor",
        "gedaald": "duidelijk lager dan het jaar ervoor",
    }
    mo.vstack(
        [
            mo.md(f"""
    ## 6. Het verloop: verandert er iets?

    Het laatste jaar is {_woorden.get(_laatste, "zonder jaar ervoor om mee te vergelijken")}. De
    brede balk is het interval van 95%. Dat twee balken elkaar raken is geen toets: kijk naar het
    woord.
    """),
            figuren.verloop(verloop, cijfer["eenheid_naam"], is_deel=is_deel),
        ]
    )
    return (verloop,)


@app.cell
def _(cijfer, definitie, getal, mo, vraag):
    gebreken = vraag(
        """
        select v.regel_id, v.bijdrage, g.uitleg
        from dq_verklaring as v
        left join dq_gewicht as g using (regel_id)
        where
            v.indicator_id = ? and v.definitie_versie = ? and v.niveau = 'zorgaanbieder'
            and v.eenheid_id = ? and v.periode = ? and v.bijdrage > 0
        order by v.bijdrage desc, v.regel_id
        """,
        cijfer["indicator_id"],
        cijfer["definitie_versie"],
        cijfer["eenheid_id"],
        cijfer["periode"],
    )
    _lijst = "".join(
        f"\n- {g['regel_id']}: {getal(g['bijdrage'], 4)}. {g['uitleg'] or ''}" for g in gebreken
    )
    _status = {
        "definitief": "Het cijfer is **definitief**: genoeg mensen, en goede gegevens.",
        "indicatief": "Het cijfer is **indicatief**: een aanwijzing, niet om op te besluiten.",
    }[cijfer["status"]]
    mo.md(f"""
    ## 7. De gegevens: hoe goed zijn ze?

    De score van de gegevenskwaliteit is **{getal(cijfer["dq_score"], 3)}**; 1 is zonder gebreken.
    {"Wat haar drukt:" + _lijst if gebreken else "Er is niets dat haar drukt."}

    {_status} Het register vraagt ten minste {definitie["minimum_volume"]} mensen; hier zijn het er
    {getal(cijfer["n_personen"])}.
    """)
    return (gebreken,)


@app.cell
def _(cijfer, definitie, mo):
    bronvermelding = (
        f"IZA Spiegel, indicator {cijfer['indicator_id']} (definitie versie "
        f"{cijfer['definitie_versie']}), {cijfer['eenheid_naam']}, {cijfer['periode']}, bouw "
        f"{cijfer['bouw_id']}."
    )
    mo.md(f"""
    ## 8. Het cijfer aanhalen

    > {bronvermelding}

    De bouw is een vingerafdruk van gegevens, definities en code: wie dezelfde bouw noemt, heeft
    hetzelfde cijfer. Haalt u een gepubliceerd extract aan, noem dan ook de versie ervan
    (`manifest.json`). Meer over {definitie["naam"].lower()}: docs/indicatoren.
    """)
    return (bronvermelding,)


if __name__ == "__main__":
    app.run()

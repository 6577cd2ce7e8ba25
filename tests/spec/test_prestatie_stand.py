"""What declarations come to on any day: credits, replaced messages and late ones, in any order."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from datetime import date, timedelta
from random import Random

import pytest
from marts_orakel_prestatie import Stand, state
from marts_prestatie import Antwoord, Bericht, Feit, Regel, grant_rows, raw_rows

AGB = "01000001"
NOOIT = date(9999, 1, 1)


def day(nummer: int) -> date:
    return date(2024, 1, 1) + timedelta(days=nummer)


def bericht(
    sleutel: str, dag: int, *regels: Regel, factuur: str | None = None, agb: str = AGB
) -> Bericht:
    return Bericht(sleutel, agb, day(dag), regels, factuur)


def debit(referentie: str, cent: int, ident: str = "1") -> Regel:
    return Regel(ident, "D", referentie, cent)


def credit(referentie: str, voorgaande: str | None, cent: int, ident: str = "1") -> Regel:
    return Regel(ident, "C", referentie, -cent, voorgaande)


def cents(feit: Feit, dag: int) -> list[int]:
    """Amounts in the fact on a day, by one filter over the history."""
    rows = feit.rows("fct_prestatie_historie")
    moment = day(dag)
    return sorted(
        int(r["bedrag_eur"] * 100)
        for r in rows
        if r["geldig_van"] <= moment and (r["geldig_tot"] is None or r["geldig_tot"] > moment)
    )


def reasons(feit: Feit) -> dict[str, str | None]:
    return {r["referentie_sleutel"]: r["reden_code"] for r in feit.rows("int_prestatie")}


def feit(*berichten: Bericht) -> Feit:
    return Feit(raw_rows(berichten), {b.declarant for b in berichten})


def test_a_credit_nets_its_debit_to_the_cent_and_care_no_longer_counts() -> None:
    made = feit(bericht("a", 0, debit("r", 1234)), bericht("b", 5, credit("c", "r", 1234)))
    assert cents(made, 4) == [1234]
    assert cents(made, 5) == [-1234, 1234]
    rows = {r["debet_credit"]: r for r in made.rows("fct_prestatie")}
    assert not rows["D"]["telt_mee"]
    assert rows["D"]["gecrediteerd_op"] == day(5)


def test_a_credit_before_its_debit_waits_and_is_settled_when_the_debit_comes() -> None:
    made = feit(bericht("b", 5, credit("c", "r", 700)))
    assert reasons(made) == {"c": "EI-CREDIT-ZONDER-DEBET"}
    assert made.rows("fct_prestatie") == []
    made = feit(bericht("b", 5, credit("c", "r", 700)), bericht("a", 9, debit("r", 700)))
    assert cents(made, 8) == []
    assert cents(made, 9) == [-700, 700]
    assert reasons(made) == {"c": None, "r": None}


def test_a_second_credit_of_one_debit_is_refused() -> None:
    made = feit(
        bericht("a", 0, debit("r", 100)),
        bericht("b", 1, credit("c", "r", 100)),
        bericht("d", 2, credit("e", "r", 100)),
    )
    assert reasons(made) == {"r": None, "c": None, "e": "EI-CREDIT-DUBBEL"}
    assert sum(cents(made, 3)) == 0


def test_a_message_sent_again_under_its_number_takes_the_place_of_the_first() -> None:
    made = feit(
        bericht("a", 0, debit("r", 100), debit("s", 50, "2"), factuur="f"),
        bericht("b", 7, debit("r", 90), debit("t", 10, "2"), factuur="f"),
    )
    assert cents(made, 6) == [50, 100]
    assert cents(made, 7) == [10, 90]
    staat = Counter(r["reden_code"] for r in made.rows("int_prestatie"))
    assert staat == {"EI-BERICHT-VERVANGEN": 2, None: 2}


def test_a_credit_waits_again_when_the_message_of_its_debit_is_replaced_without_it() -> None:
    made = feit(
        bericht("a", 0, debit("r", 100), debit("s", 50, "2"), factuur="f"),
        bericht("b", 3, credit("c", "r", 100)),
        bericht("d", 7, debit("s", 50), factuur="f"),
    )
    assert cents(made, 5) == [-100, 50, 100]
    assert cents(made, 7) == [50]
    assert reasons(made)["c"] == "EI-CREDIT-ZONDER-DEBET"


def test_another_invoice_under_a_number_in_use_is_refused_and_takes_no_place() -> None:
    made = feit(
        bericht("a", 0, debit("r", 100), factuur="f"),
        bericht("b", 7, debit("s", 60), factuur="f"),
        bericht("c", 2200, debit("t", 30), factuur="f"),
    )
    assert reasons(made) == {"r": None, "s": "EI-FACTUUR-DUBBEL", "t": None}
    assert cents(made, 2200) == [30, 100]


def test_a_message_of_which_no_line_was_accepted_can_be_sent_again() -> None:
    made = feit(
        bericht("a", 0, factuur="f"),
        bericht("b", 7, debit("r", 100), factuur="f"),
    )
    assert cents(made, 7) == [100]


def test_a_reference_number_belongs_to_the_line_known_first_while_its_message_holds() -> None:
    made = feit(
        bericht("a", 0, debit("r", 100), debit("s", 1, "2"), factuur="f"),
        bericht("b", 2, debit("r", 200)),
        bericht("c", 7, debit("s", 1), factuur="f"),
    )
    assert cents(made, 3) == [1, 100]
    assert cents(made, 7) == [1, 200]
    assert "EI-REFERENTIE-DUBBEL" not in reasons(made).values()


def antwoord(sleutel: str, dag: int, *terug: tuple[str, int, int], **meer: object) -> Antwoord:
    return Antwoord(sleutel, AGB, day(dag), "f", terug, **meer)  # type: ignore[arg-type]


def answered(antwoorden: list[Antwoord], *berichten: Bericht) -> Feit:
    made = raw_rows(berichten) | grant_rows(antwoorden)
    return Feit(made, {b.declarant for b in berichten})


def granted(feit: Feit, dag: int) -> dict[int, int | None]:
    """Cents granted on the lines of the fact on a day, by declared cents."""
    feit.rows("fct_prestatie_historie")
    rows = feit.query(f"select * from fct_prestatie_historie where {on(day(dag))}")
    eur = {int(r["bedrag_eur"] * 100): r["toegekend_eur"] for r in rows}
    return {cent: None if v is None else int(v * 100) for cent, v in eur.items()}


def test_a_past_state_shows_what_was_granted_then() -> None:
    made = answered(
        [antwoord("x", 5, ("r", 100, 0)), antwoord("y", 9, ("s", 50, 30))],
        bericht("a", 0, debit("r", 100), debit("s", 50, "2"), factuur="f"),
    )
    assert granted(made, 4) == {100: None, 50: None}
    assert granted(made, 5) == granted(made, 8) == {100: 0, 50: 50}
    assert granted(made, 9) == {100: 100, 50: 30}
    rows = made.rows("fct_prestatie")
    assert {r["toegekend_op"] for r in rows} == {r["geldig_van"] for r in rows} == {day(9)}


def test_an_answer_is_about_the_message_that_held_on_its_day() -> None:
    made = answered(
        [antwoord("x", 3, ("r", 100, 10)), antwoord("y", 8, ("r", 90, 20))],
        bericht("a", 0, debit("r", 100), factuur="f"),
        bericht("b", 7, debit("r", 90), factuur="f"),
        bericht("c", 5, factuur="f"),
    )
    assert granted(made, 6) == {100: 10}
    assert granted(made, 7) == {90: None}
    assert granted(made, 8) == {90: 20}


def test_an_answer_of_one_insurer_says_nothing_of_an_equal_number_at_another() -> None:
    made = answered(
        [antwoord("x", 3, ("r", 100, 0))],
        bericht("a", 0, debit("r", 100), factuur="f"),
        Bericht("b", AGB, day(0), (debit("s", 70),), "f", "9902"),
    )
    assert granted(made, 3) == {100: 0, 70: None}


def test_corrections_that_come_to_nothing_are_no_refusal() -> None:
    berichten = (
        bericht("a", 0, debit("r", 100)),
        bericht("b", 1, credit("c", "r", 100), debit("s", 100, "2"), factuur="f"),
    )
    for code, expected in ((None, [-1, 1]), ("8001", [-1, 1]), ("8073", [0, 0])):
        made = answered([antwoord("x", 2, totaal=(0, 0), retourcode=code)], *berichten)
        rows = made.rows("fct_prestatie")
        found = sorted(r["toegekend_eur"] for r in rows if r["toegekend_eur"] is not None)
        assert found == expected


# --- any scenario, any day, any order ---------------------------------------------------------


def scenario(agb: str, random: Random) -> Iterator[Bericht]:
    """A few messages of one declarant that get in each other's way in every manner."""
    cent = iter(range(1, 1000))
    for nummer in range(random.randrange(2, 8)):
        regels = []
        for volgnummer in range(random.choice([0, 1, 1, 2, 3])):
            ident = str(volgnummer if random.random() > 0.05 else 0)
            bedrag = None if random.random() < 0.05 else next(cent)
            if random.random() < 0.6:
                regels.append(Regel(ident, "D", f"r{random.randrange(4)}", bedrag))
            else:
                vorige = random.choice([None, *(f"r{i}" for i in range(4))])
                own = f"c{random.randrange(5)}"
                regels.append(Regel(ident, "C", own, bedrag and -bedrag, vorige))
        yield Bericht(
            sleutel=f"{agb}-{random.random():.6f}-{nummer}",
            declarant=agb,
            dag=day(random.choice([*range(8), *range(8), 2200])),
            regels=tuple(regels),
            factuur=random.choice([None, "f", "f", "g"]),
            uzovi=random.choice(["9901", "9901", "9901", "9902", None]),
        )


def scenario_answers(agb: str, random: Random) -> Iterator[Antwoord]:
    """Answers to the messages of a declarant: early, late, twice on a day, or to nobody."""
    for nummer in range(random.randrange(5)):
        declared = [(f"r{i}", random.randrange(50, 99)) for i in range(4) if random.random() < 0.2]
        yield Antwoord(
            sleutel=f"{agb}-{random.random():.6f}-r{nummer}",
            declarant=agb,
            dag=day(random.choice([*range(9), *range(9), 2201])),
            factuur=random.choice(["f", "f", "g"]),
            terug=tuple((r, cent, random.choice([0, cent // 2])) for r, cent in declared),
            totaal=random.choice([(5, 5), (5, 0), (5, 0), (0, 0)]),
            uzovi=random.choice(["9901", "9901", "9902", None]),
            retourcode=random.choice([None, "8001", "8073"]),
        )


DECLARANTEN = [f"{nummer:08}" for nummer in range(400)]
DAGEN = [*range(-1, 9), 2199, 2200, 2201, 2500]


@pytest.fixture(scope="module")
def berichten() -> list[Bericht]:
    random = Random(4)  # noqa: S311
    return [b for agb in DECLARANTEN for b in scenario(agb, random)]


@pytest.fixture(scope="module")
def antwoorden() -> list[Antwoord]:
    random = Random(5)  # noqa: S311
    return [a for agb in DECLARANTEN for a in scenario_answers(agb, random)]


@pytest.fixture(scope="module")
def historie(berichten: list[Bericht], antwoorden: list[Antwoord]) -> Feit:
    return Feit(raw_rows(berichten) | grant_rows(antwoorden), DECLARANTEN)


def lines(feit: Feit, model: str, where: str = "true") -> list[Stand]:
    feit.rows(model)
    rows = feit.query(
        f"select zorgaanbieder_id, cast(bedrag_eur * 100 as integer) as cent, debet_credit, "
        f"gecrediteerd_op, telt_mee, cast(toegekend_eur * 100 as integer) as toegekend, "
        f"toegekend_op from {model} where {where}"
    )
    for row in rows:
        assert row["telt_mee"] == (row["debet_credit"] == "D" and row["gecrediteerd_op"] is None)
    return sorted(
        (
            Stand(
                r["zorgaanbieder_id"],
                r["cent"],
                r["debet_credit"],
                r["gecrediteerd_op"],
                r["toegekend"],
                r["toegekend_op"],
            )
            for r in rows
        ),
        key=lambda s: (s.declarant, s.cent),
    )


def on(dag: date) -> str:
    return f"geldig_van <= date '{dag}' and (geldig_tot is null or geldig_tot > date '{dag}')"


@pytest.mark.parametrize("nummer", DAGEN)
def test_the_state_on_any_day_is_that_of_the_messages_known_then(
    berichten: list[Bericht], antwoorden: list[Antwoord], historie: Feit, nummer: int
) -> None:
    expected = state(berichten, day(nummer), antwoorden)
    assert lines(historie, "fct_prestatie_historie", on(day(nummer))) == expected
    assert bool(expected) == (nummer >= 0)


def test_the_present_is_the_state_after_the_last_message(
    berichten: list[Bericht], antwoorden: list[Antwoord], historie: Feit
) -> None:
    expected = state(berichten, NOOIT, antwoorden)
    assert lines(historie, "fct_prestatie") == expected
    kinds = Counter(
        "niet bekend" if s.toegekend is None
        else "niets" if s.toegekend == 0
        else "alles" if s.toegekend == s.cent
        else "deels"
        for s in expected
    )  # fmt: skip
    assert set(kinds) == {"niet bekend", "niets", "alles", "deels"}
    assert min(kinds.values()) > 20


def test_the_scenarios_hold_every_case(historie: Feit) -> None:
    found = Counter(r["reden_code"] for r in historie.rows("int_prestatie"))
    assert set(found) == {
        None, "EI-CREDIT-ZONDER-DEBET", "EI-CREDIT-DUBBEL", "EI-BERICHT-VERVANGEN",
        "EI-FACTUUR-DUBBEL", "EI-REFERENTIE-DUBBEL", "EI-IDENTIFICATIE-DUBBEL",
        "EI-BEDRAG-ONTBREEKT",
    }  # fmt: skip
    assert min(found.values()) > 20


@pytest.mark.parametrize("nummer", [2, 5, 2300])
def test_a_build_of_what_was_known_then_is_the_history_of_that_day(
    berichten: list[Bericht], antwoorden: list[Antwoord], historie: Feit, nummer: int
) -> None:
    sent = raw_rows(b for b in berichten if b.dag <= day(nummer))
    said = grant_rows(a for a in antwoorden if a.dag <= day(nummer))
    known = Feit(sent | said, DECLARANTEN)
    assert lines(known, "fct_prestatie") == lines(
        historie, "fct_prestatie_historie", on(day(nummer))
    )


@pytest.mark.parametrize("seed", range(3))
def test_order_batches_and_repetition_change_no_row(
    berichten: list[Bericht], antwoorden: list[Antwoord], historie: Feit, seed: int
) -> None:
    random = Random(seed)  # noqa: S311
    other = Feit(raw_rows(berichten, random) | grant_rows(antwoorden, random), DECLARANTEN)
    for model in ("fct_prestatie_historie", "fct_prestatie"):
        assert sorted(map(str, other.rows(model))) == sorted(map(str, historie.rows(model)))


def test_periods_of_a_line_do_not_touch_without_a_change(historie: Feit) -> None:
    historie.rows("fct_prestatie_historie")
    same = historie.query(
        """
        select a.prestatie_id
        from fct_prestatie_historie as a
        inner join fct_prestatie_historie as b
            on a.prestatie_id = b.prestatie_id and a.geldig_tot = b.geldig_van
            and a.bedrag_eur = b.bedrag_eur
        where
            a.gecrediteerd_op is not distinct from b.gecrediteerd_op
            and a.toegekend_op is not distinct from b.toegekend_op
        """
    )
    assert same == []


def test_every_line_is_reported_once_with_what_waits(
    berichten: list[Bericht], historie: Feit
) -> None:
    rows = historie.rows("correctie_declaraties")
    (total,) = historie.query(
        "select sum(n_regels) as n, sum(n_debet_staat + n_debet_teruggedraaid + n_credit_verrekend "
        "+ n_credit_wachtend + n_vervangen + n_geweigerd) as delen, sum(saldo_eur) as saldo, "
        "sum(n_debet_teruggedraaid) - sum(n_credit_verrekend) as paren from correctie_declaraties"
    )
    assert total["n"] == total["delen"] == sum(len(b.regels) for b in berichten)
    assert total["saldo"] * 100 == sum(s.cent for s in state(berichten, NOOIT))
    assert total["paren"] == 0
    assert {r["sector"] for r in rows} == {"huisartsenzorg", "ONBEKEND"}
    (unknown,) = historie.query(
        "select sum(n_regels) as n, sum(n_geweigerd + n_vervangen) as gevallen "
        "from correctie_declaraties where sector = 'ONBEKEND'"
    )
    shared = [[r.ident for r in b.regels] for b in berichten]
    assert unknown["n"] == sum(idents.count(i) > 1 for idents in shared for i in idents)
    assert unknown["n"] == unknown["gevallen"]
    assert all(r["wachtend_eur"] <= 0 for r in rows)
    assert any(r["wachtend_eur"] < 0 for r in rows)

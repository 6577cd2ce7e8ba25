"""The class of a figure in words."""

from __future__ import annotations

import pytest

from marts.judgement_words import in_words

FIGURE = {
    "volume_voldoende": True, "funnel_laag_95": "0.101000", "funnel_hoog_95": "0.205000",
    "funnel_laag_998": "0.080000", "funnel_hoog_998": "0.250000", "overdispersie": None,
}  # fmt: skip


@pytest.mark.parametrize(
    ("klasse", "woorden"),
    [
        ("ver_laag", "veel lager dan verwacht: onder de 99,8%-grens"),
        ("laag", "lager dan verwacht: onder de 95%-grens"),
        ("binnen", "niet anders dan door toeval"),
        ("hoog", "hoger dan verwacht: boven de 95%-grens"),
        ("ver_hoog", "veel hoger dan verwacht: boven de 99,8%-grens"),
    ],
)
def test_a_class_is_told_with_its_limits(klasse: str, woorden: str) -> None:
    text = in_words(FIGURE | {"funnel_klasse": klasse})
    assert woorden in text
    assert "tussen 0,1010 en 0,2050, in 99,8% tussen 0,0800" in text.replace("0,08000", "0,0800")


def test_more_differences_than_chance_are_told() -> None:
    figure = FIGURE | {"funnel_klasse": "binnen"}
    assert "ruimer" in in_words(figure | {"overdispersie": "1.40"})
    assert "ruimer" not in in_words(figure | {"overdispersie": "0.90"})


def test_no_judgement_says_why() -> None:
    figure = FIGURE | {"funnel_klasse": "geen_oordeel"}
    assert "te weinig mensen" in in_words(figure | {"volume_voldoende": False})
    assert "niets om dit cijfer mee te vergelijken" in in_words(figure)

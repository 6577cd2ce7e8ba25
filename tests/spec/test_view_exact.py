"""Decimals keep their digits wherever they are read: deep in a repeat, contained, as a constant."""

from __future__ import annotations

from pathlib import Path

import pytest

from ingest.fhir.view.runner import run_view

DIGITS = ["2.50", "-0.10", "1e-7", "100", "0.1", "12345678901234567.125"]


def run(tmp_path: Path, view: str, resource: str) -> list[str]:
    (tmp_path / "view.json").write_text(view)
    (tmp_path / "a.ndjson").write_text(resource)
    run_view(tmp_path / "view.json", [tmp_path / "a.ndjson"], tmp_path / "out.ndjson")
    return (tmp_path / "out.ndjson").read_text().splitlines()


@pytest.mark.parametrize("digits", DIGITS)
def test_at_any_depth_of_a_repeat(tmp_path: Path, digits: str) -> None:
    item = ""
    for level in range(9, 0, -1):
        inside = f',"item":[{item}]' if item else ""
        item = f'{{"linkId":"{level}","answer":[{{"valueDecimal":{digits}}}]{inside}}}'
    lines = run(
        tmp_path,
        '{"resource":"QuestionnaireResponse","select":[{"repeat":["item"],"column":['
        '{"name":"v","path":"answer.value.ofType(decimal)","type":"decimal"}]}]}',
        f'{{"resourceType":"QuestionnaireResponse","item":[{item}]}}',
    )
    assert lines == [f'{{"v":{digits}}}'] * 9


@pytest.mark.parametrize("digits", DIGITS)
def test_in_a_contained_resource(tmp_path: Path, digits: str) -> None:
    lines = run(
        tmp_path,
        '{"resource":"Patient","select":[{"forEach":"contained.ofType(Observation)","column":['
        '{"name":"v","path":"value.ofType(Quantity).value","type":"decimal"}]}]}',
        '{"resourceType":"Patient","contained":[{"resourceType":"Observation","valueQuantity":'
        f'{{"value": {digits}}}}}]}}',
    )
    assert lines == [f'{{"v":{digits}}}']


@pytest.mark.parametrize("digits", DIGITS)
def test_as_a_constant(tmp_path: Path, digits: str) -> None:
    lines = run(
        tmp_path,
        f'{{"resource":"Patient","constant":[{{"name":"k","valueDecimal":{digits}}}],'
        '"select":[{"column":[{"name":"v","path":"%k","type":"decimal"}]}]}',
        '{"resourceType":"Patient"}',
    )
    assert lines == [f'{{"v":{digits}}}']

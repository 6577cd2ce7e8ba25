"""FHIR XML becomes the JSON it stands for, digit for digit; what is no FHIR XML is refused."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from outside import OUTSIDE, needs_outside

from ingest.fhir.door.files import read_texts
from ingest.fhir.door.texts import UnreadableError
from ingest.fhir.door.xml import json_of_xml

OBSERVATION = """<?xml version="1.0" encoding="UTF-8"?>
<!-- a remark that must not come along -->
<Observation xmlns="http://hl7.org/fhir">
  <id value="o1"/>
  <meta><profile value="http://nictiz.nl/fhir/StructureDefinition/nl-core-X"/></meta>
  <text>
    <status value="generated"/>
    <div xmlns="http://www.w3.org/1999/xhtml">
      <!-- nor this --><p class="x">a &lt; b &amp; <b>c</b> d</p>
      <br/>
    </div>
  </text>
  <contained><Specimen><id value="s"/></Specimen></contained>
  <status value="final"/>
  <code id="c1"><coding><system value="urn:x"/><code value="007"/></coding></code>
  <subject><reference value="Patient/p"/></subject>
  <valueQuantity><value value="2.00"/><unit value="&#233;&#10;m"/></valueQuantity>
  <component>
    <code><text value="true"/></code>
    <valueBoolean value="true"/>
  </component>
  <component>
    <code><text value="n"/></code>
    <valueInteger value="12"/>
  </component>
</Observation>"""


def parsed(xml: str) -> dict[str, object]:
    return json.loads(json_of_xml(xml.encode()), parse_float=lambda d: f"#{d}")


def test_a_resource() -> None:
    div = '<div xmlns="http://www.w3.org/1999/xhtml"><p class="x">a &lt; b &amp; <b>c</b> d</p><br/></div>'  # noqa: E501
    assert parsed(OBSERVATION) == {
        "resourceType": "Observation",
        "id": "o1",
        "meta": {"profile": ["http://nictiz.nl/fhir/StructureDefinition/nl-core-X"]},
        "text": {"status": "generated", "div": div},
        "contained": [{"resourceType": "Specimen", "id": "s"}],
        "status": "final",
        "code": {"id": "c1", "coding": [{"system": "urn:x", "code": "007"}]},
        "subject": {"reference": "Patient/p"},
        "valueQuantity": {"value": "#2.00", "unit": "é\nm"},
        "component": [
            {"code": {"text": "true"}, "valueBoolean": True},
            {"code": {"text": "n"}, "valueInteger": 12},
        ],
    }


def test_primitives_keep_their_extensions_in_line() -> None:
    absent = '<extension url="urn:a"><valueCode value="masked"/></extension>'
    xml = f"""<Patient xmlns="http://hl7.org/fhir">
      <active value="true"/>
      <name>
        <given value="A"/><given id="g">{absent}</given><given value="C">{absent}</given>
        <prefix>{absent}</prefix>
      </name>
      <birthDate>{absent}</birthDate>
      <gender/>
    </Patient>"""
    beside = {"extension": [{"url": "urn:a", "valueCode": "masked"}]}
    assert parsed(xml) == {
        "resourceType": "Patient",
        "active": True,
        "name": [
            {
                "given": ["A", None, "C"],
                "_given": [None, {"id": "g"} | beside, beside],
                "_prefix": [beside],
            }
        ],
        "_birthDate": beside,
        "gender": "",
    }


def test_bundles_and_what_no_model_knows() -> None:
    xml = """<f:Bundle xmlns:f="http://hl7.org/fhir"><f:type value="batch"/>
      <f:entry><f:resource><f:Patient><f:hobby value="1"/><f:x><f:y value="2"/></f:x></f:Patient>
      </f:resource><f:request><f:method value="PUT"/></f:request></f:entry>
      <f:entry><f:resource><f:Vreemd><f:meta><f:profile value="p"/></f:meta></f:Vreemd></f:resource>
      </f:entry></f:Bundle>"""
    patient = {"resourceType": "Patient", "hobby": "1", "x": {"y": "2"}}
    other = {"resourceType": "Vreemd", "meta": {"profile": ["p"]}}
    assert parsed(xml) == {
        "resourceType": "Bundle",
        "type": "batch",
        "entry": [
            {"resource": patient, "request": {"method": "PUT"}},
            {"resource": other},
        ],
    }


FHIR = b'xmlns="http://hl7.org/fhir"'


@pytest.mark.parametrize(
    ("xml", "words"),
    [
        (b"<Patient/>", "geen FHIR"),
        (b'<html xmlns="http://www.w3.org/1999/xhtml"/>', "geen FHIR"),
        (OBSERVATION.encode()[:500], "afgebroken"),
        (b"<Patient " + FHIR + b"/><Patient " + FHIR + b"/>", "niet welgevormd"),
        (b'<!DOCTYPE a [<!ENTITY b "c">]><Patient ' + FHIR + b"/>", "DOCTYPE"),
        (b'<!DOCTYPE a SYSTEM "file:///etc/hostname"><Patient ' + FHIR + b"/>", "DOCTYPE"),
        (b"<Patient " + FHIR + b"><id>p</id></Patient>", "tekst tussen elementen"),
        (b"<Patient " + FHIR + b'><a xmlns="urn:x"/></Patient>', "buiten de naamruimte"),
        (b"<Patient " + FHIR + b"><contained/></Patient>", "precies"),
        (b'<?xml version="1.0" encoding="klingon"?><Patient ' + FHIR + b"/>", "tekencodering"),
        (b"<Patient " + FHIR + b">" + b"<a>" * 5_000, "te diep genest"),
    ],
)
def test_what_is_refused(xml: bytes, words: str) -> None:
    with pytest.raises(UnreadableError) as refused:
        json_of_xml(xml)
    assert words in refused.value.nederlands


def test_an_entity_bomb_is_refused_before_it_grows() -> None:
    laughs = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, 12))
    bomb = f'<!DOCTYPE a [<!ENTITY l0 "ha">{laughs}]><Patient xmlns="http://hl7.org/fhir">&l11;'
    with pytest.raises(UnreadableError, match="document types and entities"):
        json_of_xml(bomb.encode())


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "iso-8859-1", "cp1252"])
def test_encodings(tmp_path: Path, encoding: str) -> None:
    named = {"utf-8-sig": "UTF-8", "cp1252": "windows-1252"}.get(encoding, encoding)
    xml = OBSERVATION.replace("UTF-8", named).replace("&#233;", "é")
    (tmp_path / "a.xml").write_bytes(xml.encode(encoding))
    (texts,) = read_texts(tmp_path / "a.xml", "a.xml")
    assert json.loads(texts.teksten[0])["valueQuantity"]["unit"] == "é\nm"
    assert texts.document


@needs_outside
def test_official_examples_equal_their_json() -> None:
    folder = OUTSIDE / "fhir" / "nl-core-zib2020"
    compared = 0
    for xml in (folder / "xml").glob("*.xml"):
        as_json = (folder / "json" / f"{xml.stem}.json").read_text(encoding="utf-8")
        expected = json.loads(as_json, parse_float=str, parse_int=str)
        got = json.loads(json_of_xml(xml.read_bytes()), parse_float=str, parse_int=str)
        assert got == expected, xml.name
        compared += 1
    assert compared > 0

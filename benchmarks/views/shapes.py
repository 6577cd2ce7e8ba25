"""The shapes of view that are measured, each with the query a person would write by hand.

A hand-written query reads the file with an explicit struct of the columns it needs, the JSON
reader of the engine at its best, and does the rest in plain SQL. Decimals are text, as they are in
our views, or doubles, which is faster. Neither keeps their digits (2.00), which our views do.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from benchmarks.views.data import NATIONALITY

_CODING = "STRUCT(coding STRUCT(system VARCHAR, code VARCHAR)[])"
_QUANTITY = "STRUCT(value DOUBLE, unit VARCHAR)"
_OBSERVATION = {"resourceType": "VARCHAR", "id": "VARCHAR"}
_COMPONENTS = f"STRUCT(code {_CODING}, valueQuantity {_QUANTITY})[]"


@dataclass(frozen=True)
class Shape:
    """A shape of view.

    Attributes:
        name: its name.
        resource: resource type.
        select: the ``select`` of the view.
        where: the ``where`` of the view.
        columns: the struct the hand-written query reads.
        sql: the hand-written query over the relation ``bron``.
    """

    name: str
    resource: str
    select: list[dict[str, Any]]
    columns: dict[str, str]
    sql: str
    where: tuple[str, ...] = ()

    def view(self) -> dict[str, Any]:
        """The ViewDefinition."""
        view: dict[str, Any] = {
            "resourceType": "ViewDefinition",
            "status": "active",
            "name": self.name,
            "resource": self.resource,
            "select": self.select,
        }
        return view | ({"where": [{"path": path} for path in self.where]} if self.where else {})

    @property
    def decimals(self) -> bool:
        """Whether it reads decimals."""
        return any("DOUBLE" in kind for kind in self.columns.values())

    def hand_written(self, file: str, decimals: str = "DOUBLE") -> str:
        """The hand-written query over a file, with decimals of that type."""
        columns = ", ".join(f"'{name}': '{kind}'" for name, kind in self.columns.items())
        columns = columns.replace("DOUBLE", decimals)
        source = f"read_ndjson('{file}', columns = {{{columns}}})"
        return (
            f"with bron as (select * from {source} where resourceType = '{self.resource}') "
            + self.sql.replace("as double", f"as {decimals.lower()}")
        )


def column(name: str, path: str, kind: str = "string") -> dict[str, str]:
    """A column of a view."""
    return {"name": name, "path": path, "type": kind}


_ID = {"column": [column("id", "id", "id")]}
_COMPONENT_COLUMNS = {
    "column": [
        column("deel", "code.coding.first().code", "code"),
        column("waarde", "value.ofType(Quantity).value", "decimal"),
    ]
}
_PART_SQL = "c.code.coding[1].code as deel, c.valueQuantity.value as waarde"

SHAPES = (
    Shape(
        "flat",
        "Observation",
        [
            {
                "column": [
                    column("id", "id", "id"),
                    column("status", "status", "code"),
                    column("code", "code.coding.first().code", "code"),
                    column("patient", "subject.reference"),
                    column("moment", "effective.ofType(dateTime)", "dateTime"),
                    column("waarde", "value.ofType(Quantity).value", "decimal"),
                    column("eenheid", "value.ofType(Quantity).unit"),
                ]
            }
        ],
        _OBSERVATION
        | {
            "status": "VARCHAR",
            "code": _CODING,
            "subject": "STRUCT(reference VARCHAR)",
            "effectiveDateTime": "VARCHAR",
            "valueQuantity": _QUANTITY,
        },
        "select id, status, code.coding[1].code as code, subject.reference as patient, "
        "effectiveDateTime as moment, valueQuantity.value as waarde, "
        "valueQuantity.unit as eenheid from bron",
    ),
    Shape(
        "flat without decimals",
        "Observation",
        [
            {
                "column": [
                    column("id", "id", "id"),
                    column("status", "status", "code"),
                    column("code", "code.coding.first().code", "code"),
                    column("patient", "subject.reference"),
                    column("moment", "effective.ofType(dateTime)", "dateTime"),
                ]
            }
        ],
        _OBSERVATION
        | {
            "status": "VARCHAR",
            "code": _CODING,
            "subject": "STRUCT(reference VARCHAR)",
            "effectiveDateTime": "VARCHAR",
        },
        "select id, status, code.coding[1].code as code, subject.reference as patient, "
        "effectiveDateTime as moment from bron",
    ),
    Shape(
        "forEach",
        "Observation",
        [
            _ID,
            {
                "forEach": "code.coding",
                "column": [column("stelsel", "system", "uri"), column("code", "code", "code")],
            },
        ],
        _OBSERVATION | {"code": _CODING},
        "select id, c.system as stelsel, c.code as code "
        "from (select id, unnest(code.coding) as c from bron)",
    ),
    Shape(
        "two forEach",
        "Observation",
        [
            _ID,
            {"forEach": "code.coding", "column": [column("code", "code", "code")]},
            {"forEach": "component", **_COMPONENT_COLUMNS},
        ],
        _OBSERVATION | {"code": _CODING, "component": _COMPONENTS},
        f"select id, k.code as code, {_PART_SQL} from (select id, k, unnest(component) as c "
        "from (select id, component, unnest(code.coding) as k from bron))",
    ),
    Shape(
        "forEachOrNull",
        "Observation",
        [_ID, {"forEachOrNull": "component", **_COMPONENT_COLUMNS}],
        _OBSERVATION | {"component": _COMPONENTS},
        f"select id, {_PART_SQL} from "
        "(select id, unnest(coalesce(nullif(component, []), [null])) as c from bron)",
    ),
    Shape(
        "unionAll",
        "Observation",
        [
            _ID,
            {
                "unionAll": [
                    {
                        "column": [
                            column("deel", "code.coding.first().code", "code"),
                            column("waarde", "value.ofType(Quantity).value", "decimal"),
                        ]
                    },
                    {"forEach": "component", **_COMPONENT_COLUMNS},
                ]
            },
        ],
        _OBSERVATION | {"code": _CODING, "valueQuantity": _QUANTITY, "component": _COMPONENTS},
        f"select id, {_PART_SQL} from (select id, unnest(list_concat("
        "[{'code': code, 'valueQuantity': valueQuantity}], component)) as c from bron)",
    ),
    Shape(
        "where and extension",
        "Patient",
        [
            {
                "column": [
                    column("id", "id", "id"),
                    column("geboren", "birthDate", "date"),
                    column(
                        "land",
                        f"extension('{NATIONALITY}').extension('code')"
                        ".value.ofType(CodeableConcept).coding.code.first()",
                        "code",
                    ),
                ]
            }
        ],
        {
            "resourceType": "VARCHAR",
            "id": "VARCHAR",
            "birthDate": "VARCHAR",
            "active": "BOOLEAN",
            "name": "STRUCT(use VARCHAR)[]",
            "extension": "STRUCT(url VARCHAR, extension STRUCT(url VARCHAR, "
            f"valueCodeableConcept {_CODING})[])[]",
        },
        "select id, birthDate as geboren, list_filter(list_filter(extension, "
        f"lambda e: e.url = '{NATIONALITY}')[1].extension, lambda e: e.url = 'code')[1]"
        ".valueCodeableConcept.coding[1].code as land from bron "
        "where active and len(list_filter(name, lambda n: n.use = 'official')) > 0",
        where=("active = true", "name.where(use = 'official').exists()"),
    ),
    Shape(
        "repeat",
        "QuestionnaireResponse",
        [
            _ID,
            {
                "repeat": ["item"],
                "column": [
                    column("vraag", "linkId"),
                    column("antwoord", "answer.value.ofType(decimal).first()", "decimal"),
                ],
            },
        ],
        {
            "resourceType": "VARCHAR",
            "id": "VARCHAR",
            "item": "STRUCT(linkId VARCHAR, item STRUCT(linkId VARCHAR, item STRUCT("
            "linkId VARCHAR, answer STRUCT(valueDecimal DOUBLE)[])[])[])[]",
        },
        "select id, i.linkId as vraag, i.a as antwoord from (select id, unnest(flatten("
        "list_transform(item, lambda x: list_concat([{'linkId': x.linkId, "
        "'a': cast(null as double)}], flatten(list_transform(x.item, lambda y: list_concat("
        "[{'linkId': y.linkId, 'a': cast(null as double)}], list_transform(y.item, lambda z: "
        "{'linkId': z.linkId, 'a': z.answer[1].valueDecimal})))))))) as i from bron)",
    ),
    Shape(
        "deep nesting",
        "QuestionnaireResponse",
        [
            {
                "column": [column("id", "id", "id")],
                "select": [
                    {
                        "forEach": "item",
                        "column": [column("groep", "linkId")],
                        "select": [
                            {
                                "forEach": "item",
                                "select": [
                                    {
                                        "forEach": "item",
                                        "column": [column("vraag", "linkId")],
                                        "select": [
                                            {
                                                "forEach": "answer",
                                                "column": [
                                                    column(
                                                        "antwoord",
                                                        "value.ofType(decimal)",
                                                        "decimal",
                                                    )
                                                ],
                                            }
                                        ],
                                    }
                                ],
                            }
                        ],
                    }
                ],
            }
        ],
        {
            "resourceType": "VARCHAR",
            "id": "VARCHAR",
            "item": "STRUCT(linkId VARCHAR, item STRUCT(item STRUCT("
            "linkId VARCHAR, answer STRUCT(valueDecimal DOUBLE)[])[])[])[]",
        },
        "select id, groep, vraag, a.valueDecimal as antwoord from (select id, groep, "
        "z.linkId as vraag, unnest(z.answer) as a from (select id, groep, unnest(y.item) as z "
        "from (select id, x.linkId as groep, unnest(x.item) as y from "
        "(select id, unnest(item) as x from bron))))",
    ),
)

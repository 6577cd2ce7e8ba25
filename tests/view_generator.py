"""Generated views and resources: a grammar over a few resource types, driven by a seed.

Every expression is built for a kind (text, boolean, integer, …) within a context, so that most
views mean something; a view may still ask for one value where there are several. What the other
implementation is known to do otherwise (``spec/view_differences.json``) is left out or guarded.
"""

from __future__ import annotations

from dataclasses import dataclass
from random import Random
from typing import Any


@dataclass(frozen=True)
class Context:
    """A type a path can stand in.

    Attributes:
        single: paths to at most one value, by kind.
        several: paths to any number of values, by kind.
        inner: paths to elements, with the context they lead to and whether they repeat.
    """

    single: dict[str, tuple[str, ...]]
    several: dict[str, tuple[str, ...]]
    inner: tuple[tuple[str, str, bool], ...] = ()


CONTEXTS: dict[str, Context] = {
    "Patient": Context(
        {
            "text": (
                "id",
                "gender",
                "maritalStatus.text",
                "extension('http://x').value.ofType(code).first()",
            ),
            "boolean": ("active", "deceased.ofType(boolean)"),
            "integer": ("multipleBirth.ofType(integer)",),
            "date": ("birthDate",),
        },
        {"text": ("name.given", "name.family", "telecom.value", "contact.name.family")},
        (
            ("name", "HumanName", True),
            ("telecom", "ContactPoint", True),
            ("contact", "Contact", True),
            ("contact.telecom", "ContactPoint", True),
            ("name.where(use = 'official')", "HumanName", True),
        ),
    ),
    "HumanName": Context({"text": ("use", "family")}, {"text": ("given",)}),
    "ContactPoint": Context({"text": ("system", "value"), "integer": ("rank",)}, {}),
    "Contact": Context(
        {"text": ("gender", "name.family")},
        {"text": ("telecom.value", "name.given")},
        (("telecom", "ContactPoint", True), ("name", "HumanName", False)),
    ),
    "Observation": Context(
        {
            "text": ("id", "status", "code.text", "value.ofType(string)"),
            "boolean": ("value.ofType(boolean)",),
            "integer": ("value.ofType(integer)",),
            "decimal": ("value.ofType(Quantity).value",),
            "date": ("effective.ofType(dateTime)",),
        },
        {
            "text": ("code.coding.code", "component.code.text"),
            "integer": ("component.value.ofType(integer)",),
        },
        (
            ("component", "Component", True),
            ("code.coding", "Coding", True),
            ("component.where(value.exists())", "Component", True),
        ),
    ),
    "Component": Context(
        {"text": ("code.text",)},
        {"text": ("code.coding.code",)},
        (("code.coding", "Coding", True),),
    ),
    "Coding": Context({"text": ("system", "code")}, {}),
}
_WORDS = ("a", "b", "ab", "Ba", "official", "final", "phone", "x y")
_KINDS = ("text", "text", "boolean", "integer", "decimal", "date")
_LISTS = (
    ".tail()",
    ".skip(1)",
    ".take(2)",
    ".where($this != 'a')",
    ".select($this & '!')",
    ".distinct() | 'z'",
)
_COMPARE = ("=", "!=", "<", ">", "<=", ">=")


class Generator:
    """Makes views and resources; the same seed makes the same ones."""

    def __init__(self, seed: int) -> None:
        """Begin with a seed."""
        self.random = Random(seed)  # noqa: S311 - the same views every time
        self.names = 0

    def pick(self, options: Any) -> Any:
        return self.random.choice(list(options))

    def chance(self, part: float) -> bool:
        return self.random.random() < part

    # Expressions ----------------------------------------------------------------------------

    def single(self, kind: str, context: str, depth: int) -> str:
        """A path to at most one value of a kind."""
        here = CONTEXTS[context]
        ways = [self.literal]
        if here.single.get(kind):
            ways += [lambda kind: self.pick(here.single[kind])] * 4
        if here.several.get(kind):
            ways += [lambda kind: self.part(self.pick(here.several[kind]), kind)] * 2
        if depth > 0:
            ways += [lambda kind: getattr(self, f"_{kind}")(context, depth - 1)] * 4
        return self.pick(ways)(kind)

    def part(self, path: str, kind: str) -> str:
        least = "'a'" if kind == "text" else "1"
        chosen = [".first()", "[0]", "[1]", ".last()", f".where($this > {least}).first()"]
        return path + self.pick(chosen)

    def literal(self, kind: str) -> str:
        if kind == "text":
            return f"'{self.pick(_WORDS)}'"
        if kind == "boolean":
            return self.pick(["true", "false"])
        if kind == "date":
            return self.pick(["@1970-01-01", "@2000-06-15", "@2010-12-31"])
        return self.pick(["1", "2", "7"]) if kind == "integer" else self.pick(["1.5", "20.25"])

    def _text(self, context: str, depth: int) -> str:
        text = self.single("text", context, depth)
        return self.pick(
            [
                f"({text}).upper()",
                f"({text}).lower()",
                f"({text}).substring(1)",
                f"({text}).substring(0, 2)",
                f"({text}).replace('a', 'o')",
                f"({text} + {self.single('text', context, depth)})",
                f"({text} & {self.literal('text')})",
                f"iif({self.single('boolean', context, depth)}, {text}, 'niet')",
                f"({self.single('integer', context, depth)}).toString()",
                self.joined(context),
            ]
        )

    def joined(self, context: str) -> str:
        paths = CONTEXTS[context].several.get("text")
        path = self.pick(paths) if paths else "'leeg'"
        return f"iif({path}.exists(), {path}.join(','), 'leeg')"

    def _integer(self, context: str, depth: int) -> str:
        one, other = (self.single("integer", context, depth) for _ in range(2))
        several = [p for paths in CONTEXTS[context].several.values() for p in paths]
        ways = [
            f"({one} {self.pick(['+', '-', '*'])} {other})",
            f"({one} div {self.pick(['2', '3'])})",
            f"(({one}).abs() mod {self.pick(['2', '3'])})",
            f"({self.single('text', context, depth)}).length()",
            f"({self.single('text', context, depth)}).indexOf('a')",
            f"iif({self.single('boolean', context, depth)}, {one}, {other})",
        ]
        return self.pick([*ways, *(f"{path}.count()" for path in several)])

    def _decimal(self, context: str, depth: int) -> str:
        one, other = (self.single("decimal", context, depth) for _ in range(2))
        return f"({one} {self.pick(['+', '-', '*'])} {other})"

    def _date(self, context: str, depth: int) -> str:
        return self.literal("date")

    def _boolean(self, context: str, depth: int) -> str:
        one, other = (self.single("boolean", context, depth) for _ in range(2))
        kind = self.pick(["text", "integer", "text"])
        left, right = (self.single(kind, context, depth) for _ in range(2))
        text, word = self.single("text", context, depth), self.pick(_WORDS)
        ways = [
            f"({one} {self.pick(['and', 'or', 'xor', 'implies'])} {other})",
            f"({one}).not()",
            f"({left} {self.pick(_COMPARE)} {right})",
            f"({self.single('date', context, depth)} {self.pick(_COMPARE)} {self.literal('date')})",
            f"({self.single('decimal', context, depth)} {self.pick(_COMPARE)} 3)",
            f"(({text}) = %woord)",
            f"({text}).matches('^[a-c]')",
            f"({text}).{self.pick(['startsWith', 'endsWith', 'contains'])}('{word}')",
            f"({text}).{self.pick(['exists', 'empty'])}()",
            f"({text} in ('a' | 'b' | 'official'))",
        ]
        for path, inside, _ in CONTEXTS[context].inner:
            criterion = self.single("boolean", inside, 1)
            function = self.pick(["exists", "all", "where"])
            ways.append(f"{path}.{function}({criterion})" + ".exists()" * (function == "where"))
        return self.pick(ways)

    # Views ----------------------------------------------------------------------------------

    def column(self, context: str, name: str, kind: str) -> dict[str, Any]:
        several = CONTEXTS[context].several.get(kind)
        if several and name.startswith("lijst"):
            path = self.pick(several) + self.pick(["", "", *_LISTS])
            return {"name": name, "path": path, "collection": True}
        if several and self.chance(0.03):
            return {"name": name, "path": self.pick(several)}
        return {"name": name, "path": self.single(kind, context, 2)}

    def columns(self, context: str) -> list[tuple[str, str]]:
        """Names and kinds for a few columns; a name says whether it is a list."""
        found = []
        for _ in range(self.random.randint(1, 3)):
            self.names += 1
            listed = self.chance(0.2) and bool(CONTEXTS[context].several.get("text"))
            kind = "text" if listed else self.pick(_KINDS)
            found.append((f"{'lijst' if listed else 'k'}{self.names}", kind))
        return found

    def select(self, context: str, depth: int) -> dict[str, Any]:
        select: dict[str, Any] = {}
        inner = CONTEXTS[context].inner
        if inner and self.chance(0.5):
            path, context, _ = self.pick(inner)
            select[self.pick(["forEach", "forEachOrNull"])] = path
        named = self.columns(context)
        select["column"] = [self.column(context, name, kind) for name, kind in named]
        if depth > 0 and self.chance(0.4):
            select["select"] = [
                self.select(context, depth - 1) for _ in range(self.random.randint(1, 2))
            ]
        if depth > 0 and self.chance(0.3):
            select["unionAll"] = self.branches(context)
        return select

    def branches(self, context: str) -> list[dict[str, Any]]:
        """Branches of a unionAll: the same columns, each from its own context."""
        self.names += 1
        named = [(f"k{self.names}u{number}", self.pick(["text", "boolean"])) for number in range(2)]
        found = []
        for _ in range(self.random.randint(2, 3)):
            branch: dict[str, Any] = {}
            inside = context
            if CONTEXTS[context].inner and self.chance(0.6):
                path, inside, _ = self.pick(CONTEXTS[context].inner)
                branch[self.pick(["forEach", "forEachOrNull"])] = path
            branch["column"] = [self.column(inside, name, kind) for name, kind in named]
            found.append(branch)
        return found

    def view(self) -> dict[str, Any]:
        """A ViewDefinition."""
        resource = self.pick(["Patient", "Observation"])
        selects = [self.select(resource, 2) for _ in range(self.random.randint(1, 2))]
        view = {
            "resource": resource,
            "select": [{"column": [{"name": "id", "path": "id"}]}, *selects],
        }
        view["constant"] = [{"name": "woord", "valueString": self.pick(_WORDS)}]
        if self.chance(0.3):
            view["where"] = [{"path": self.single("boolean", resource, 2)}]
        return view

    # Resources ------------------------------------------------------------------------------

    def maybe(self, part: float, **fields: Any) -> dict[str, Any]:
        return {name: value for name, value in fields.items() if self.chance(part)}

    def name(self) -> dict[str, Any]:
        given = [self.pick(["Anna", "a", "Ba", "bo"]) for _ in range(self.random.randint(1, 3))]
        return self.maybe(
            0.7, use=self.pick(["official", "usual"]), family=self.pick(["ab", "Cd"]), given=given
        )

    def telecom(self) -> dict[str, Any]:
        return self.maybe(
            0.7,
            system=self.pick(["phone", "email"]),
            value=self.pick(["06", "a@b"]),
            rank=self.random.randint(1, 3),
        )

    def contact(self) -> dict[str, Any]:
        return self.maybe(0.7, gender="male", name=self.name(), telecom=self.some(self.telecom))

    def some(self, make: Any) -> list[dict[str, Any]]:
        return [made for _ in range(self.random.randint(1, 3)) if (made := make())] or [{"id": "x"}]

    def patient(self, number: int) -> dict[str, Any]:
        fields = self.maybe(
            0.6,
            gender=self.pick(["male", "female"]),
            active=self.chance(0.5),
            birthDate=self.pick(["1950-03-04", "1970-01-01", "2010-12-31"]),
            multipleBirthInteger=self.random.randint(1, 4),
            deceasedBoolean=self.chance(0.5),
            maritalStatus={"text": self.pick(_WORDS)},
            name=self.some(self.name),
            telecom=self.some(self.telecom),
            contact=self.some(self.contact),
            extension=[{"url": self.pick(["http://x", "http://y"]), "valueCode": "a"}],
        )
        return {"resourceType": "Patient", "id": f"p{number}", **fields}

    def code(self) -> dict[str, Any]:
        codings = [{"system": "http://s", "code": self.pick(["a", "b"])} for _ in range(2)]
        return {"text": self.pick(_WORDS), "coding": codings[: self.random.randint(1, 2)]}

    def value(self) -> dict[str, Any]:
        return self.pick(
            [
                {},
                {"valueString": self.pick(_WORDS)},
                {"valueInteger": self.random.randint(-3, 9)},
                {"valueBoolean": self.chance(0.5)},
                {"valueQuantity": {"value": self.pick([1.5, 20.25, 3])}},
            ]
        )

    def component(self) -> dict[str, Any]:
        value = self.value()
        return {"code": self.code(), **({} if "valueQuantity" in value else value)}

    def observation(self, number: int) -> dict[str, Any]:
        moment = self.pick(["2000-06-15T10:00:00Z", "1999-01-01T00:00:00+02:00"])
        fields = self.maybe(0.6, component=self.some(self.component), effectiveDateTime=moment)
        return {
            "resourceType": "Observation",
            "id": f"o{number}",
            "status": self.pick(["final", "amended"]),
            "code": self.code(),
            **self.value(),
            **fields,
        }

    def resources(self, number: int) -> list[dict[str, Any]]:
        """That many resources of each type."""
        return [m(n) for n in range(number) for m in (self.patient, self.observation)]

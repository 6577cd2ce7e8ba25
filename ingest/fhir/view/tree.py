"""Trees: the syntax of a FHIRPath expression, and the parts of a ViewDefinition.

Syntax nodes say what was written and where; they know no types. ``resolver`` turns them into the
typed nodes of ``typed``.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from ingest.fhir.view.lexer import Place


@dataclass(frozen=True)
class Syntax:
    """A node of the syntax tree; ``position`` is counted from 0 in the expression."""

    position: int


@dataclass(frozen=True)
class This(Syntax):
    """``$this``, also where a path begins without naming it."""


@dataclass(frozen=True)
class Position(Syntax):
    """``$index``."""


@dataclass(frozen=True)
class Nothing(Syntax):
    """``{}``, the empty collection."""


@dataclass(frozen=True)
class Literal(Syntax):
    """A value in the text; ``type`` is the FHIRPath type in FHIR spelling."""

    type: str
    value: str


@dataclass(frozen=True)
class ConstantUse(Syntax):
    """``%name``."""

    name: str


@dataclass(frozen=True)
class Member(Syntax):
    """``base.name``."""

    base: Syntax
    name: str


@dataclass(frozen=True)
class Index(Syntax):
    """``base[index]``."""

    base: Syntax
    index: Syntax


@dataclass(frozen=True)
class Call(Syntax):
    """``base.name(arguments)``."""

    base: Syntax
    name: str
    arguments: tuple[Syntax, ...]


@dataclass(frozen=True)
class Unary(Syntax):
    """``+operand`` or ``-operand``."""

    operator: str
    operand: Syntax


@dataclass(frozen=True)
class Binary(Syntax):
    """``left operator right``."""

    operator: str
    left: Syntax
    right: Syntax


@dataclass(frozen=True)
class Path:
    """A parsed expression with its place."""

    place: Place
    root: Syntax


@dataclass(frozen=True)
class Constant:
    """A constant of the view: FHIR type of its ``value[x]`` and the value as text."""

    type: str
    value: str


@dataclass(frozen=True)
class Column:
    """A column of a select.

    Attributes:
        name: name in the result.
        path: what it holds.
        type: declared FHIR type, or None.
        sql_type: type asked for with the tag ``ansi/type``, or None.
        collection: whether it holds a list.
    """

    name: str
    path: Path
    type: str | None
    sql_type: str | None
    collection: bool


@dataclass(frozen=True)
class Select:
    """One ``select`` element.

    Attributes:
        place: path of the element within the view.
        columns: its columns.
        selects: selects inside it; their rows are crossed with each other.
        union: the branches of its ``unionAll``.
        for_each: all of it is repeated for every item of this path.
        or_null: whether a row of nulls stands for no items (``forEachOrNull``).
        repeat: all of it is repeated for every node that these paths lead to, again and again.
    """

    place: str
    columns: tuple[Column, ...] = ()
    selects: tuple[Select, ...] = ()
    union: tuple[Select, ...] = ()
    for_each: Path | None = None
    or_null: bool = False
    repeat: tuple[Path, ...] | None = None


@dataclass(frozen=True)
class View:
    """A ViewDefinition, checked for form."""

    resource: str
    selects: tuple[Select, ...]
    where: tuple[Path, ...]
    constants: dict[str, Constant] = field(default_factory=dict)

"""lowBoundary and highBoundary: what a value of its precision may stand for at least, at most."""

from __future__ import annotations

from ingest.fhir.view.functions_call import Function, Resolve, nothing, single, whole_number
from ingest.fhir.view.scope import Scope
from ingest.fhir.view.tree import Call
from ingest.fhir.view.typed import Boundary, Nothing, Typed

#: Precisions that mean something, by FHIR type: digits of the outcome (FHIRPath, "precision").
_DIGITS: dict[str, tuple[int, ...]] = {
    "date": (4, 6, 8),
    "dateTime": (4, 6, 8, 10, 12, 14, 17),
    "instant": (4, 6, 8, 10, 12, 14, 17),
    "time": (2, 4, 6, 9),
    "decimal": tuple(range(12)),
}


def _boundary(high: bool) -> Function:
    def function(base: Typed, call: Call, scope: Scope, resolve: Resolve) -> Typed:
        value = single(base, "number date time", call, scope, call.position)
        if isinstance(value, Nothing):
            return nothing(value.type)
        kind = value.type if value.type in _DIGITS else "decimal"
        precision = None
        if call.arguments:
            precision = whole_number(call.arguments[0], call, scope, resolve)
            if precision not in _DIGITS[kind]:
                known = ", ".join(map(str, _DIGITS[kind]))
                message = f"the precision of a {kind} is one of {known}"
                raise scope.fault(message, call.arguments[0].position)
        return Boundary(kind, False, None, value, high, precision)

    return function


#: Function, fewest and most arguments, by name.
BOUNDARIES: dict[str, tuple[Function, int, int]] = {
    "lowBoundary": (_boundary(False), 0, 1),
    "highBoundary": (_boundary(True), 0, 1),
}

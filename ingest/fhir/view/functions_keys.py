"""Keys of SQL on FHIR: of the resource itself, and of the resource a reference points to."""

from __future__ import annotations

from ingest.fhir.view.functions_call import Function, Resolve, nothing
from ingest.fhir.view.functions_types import type_name
from ingest.fhir.view.scope import Scope, field
from ingest.fhir.view.tree import Call
from ingest.fhir.view.typed import Nothing, ReferenceKey, ResourceKey, Typed
from ingest.fhir.view.types import Element, is_resource

_REFERENCE = Element("reference", "string", False)
_ID = Element("id", "id", False)


def _resource_key(base: Typed, call: Call, scope: Scope, _resolve: Resolve) -> Typed:
    if not is_resource(base.type):
        raise scope.fault(f"getResourceKey() is for resources, not {base.type}", call.position)
    return ResourceKey("string", base.many, None, field(base, _ID), base.type)


def _reference_key(base: Typed, call: Call, scope: Scope, _resolve: Resolve) -> Typed:
    wanted = None
    if call.arguments:
        wanted = type_name(call.arguments[0], scope)
        if not is_resource(wanted):
            raise scope.fault(f"'{wanted}' is no resource type", call.arguments[0].position)
    if isinstance(base, Nothing):
        return nothing("string")
    if base.type != "Reference":
        raise scope.fault(f"getReferenceKey() is for references, not {base.type}", call.position)
    return ReferenceKey("string", base.many, None, field(base, _REFERENCE), wanted)


#: Function, fewest and most arguments, by name.
KEYS: dict[str, tuple[Function, int, int]] = {
    "getResourceKey": (_resource_key, 0, 0),
    "getReferenceKey": (_reference_key, 0, 1),
}

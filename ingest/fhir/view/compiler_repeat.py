"""``repeat`` as one SQL expression: all nodes below an item, in depth-first order.

The first levels are parsed with the resource and walked by nested lambdas, one a level. What lies
deeper was kept as JSON text at the last of them. Only where there is any, the walk is done over
with those texts beside the nodes, and ``list_reduce`` parses and walks as many levels again, in
place, as often as the texts are deep. So the depth has no limit, the order is that of the text, and
no resource pays for the depth of another.
"""

from __future__ import annotations

from collections.abc import Callable

from ingest.fhir.view.compiler_path import PathCompiler, joined, quoted
from ingest.fhir.view.plan_repeat import Repeat
from ingest.fhir.view.shape import Shape, Structure, as_json, as_type, structure
from ingest.fhir.view.typed import Item, Typed

_NESTED = "length(regexp_replace(cast(json_structure({}) as varchar), '[^{{]', '', 'g'))"


class RepeatCompiler:
    """Writes the list of the nodes of one repeat."""

    def __init__(self, paths: PathCompiler, repeat: Repeat) -> None:
        """Prepare the types of its nodes.

        Args:
            paths: writes typed nodes.
            repeat: the repeat.
        """
        self.paths = paths
        self.repeat = repeat
        self.heads = repeat.node.heads()
        self.inside = repeat.item.shape or Shape()
        self.seen = as_type(structure([self.inside])) if self.inside.children else ""
        self.state = f"struct(n {self.seen or 'boolean'}, r json)"

    def sql(self, item: str) -> str:
        """The list of nodes below an item.

        Args:
            item: SQL of the item the repeat stands in.

        Returns:
            A list of structs: what the inside of the repeat reads of each node.
        """
        if not self.repeat.starts:
            return f"cast([] as {self.seen or 'boolean'}[])"
        return self.paths.named(self.first(item), self.below)

    def first(self, item: str) -> str:
        """The list of the first nodes, not walked."""
        return self.children(self.repeat.starts, item, 1)

    def remainder(self, node: str, write: Callable[[str], str]) -> str:
        """The list of all nodes below one of the last level, null when there are none.

        Args:
            node: SQL of the node.
            write: writes what the list holds of a node, given a struct with what is seen as ``n``.
        """
        seen = self.seen or "boolean"
        start = f"[struct_pack(n := cast(null as {seen}), r := {self.text(node)})]"
        found = self.transformed(f"({self.paths.named(start, self.deepened)})[2:]", write)
        return f"(case when {self.leads(node)} then {found} end)"

    def below(self, nodes: str) -> str:
        """All nodes of a list of first ones: the shallow way, or the deep one where needed."""
        shallow = self.walked(nodes, 1, self.look)
        if not self.heads:
            return shallow
        deep = self.paths.named(self.walked(nodes, 1, self.look_and_rest), self.deepened)
        deep = self.transformed(deep, lambda one: f"{one}.n")
        return f"(case when {self.reaches(nodes, 1)} then {deep} else {shallow} end)"

    def transformed(self, nodes: str, write: Callable[[str], str]) -> str:
        """A list with something written of each node."""
        one = self.paths.parameter()
        return f"list_transform({nodes}, lambda {one}: {write(one)})"

    def node_type(self, level: int) -> Structure:
        """The structure of a node at a level."""
        return structure([self.repeat.node], {self.repeat.node: level - 1})

    def children(self, nodes: tuple[Typed, ...], item: str, level: int) -> str:
        """The nodes that paths lead to, path by path, all of one type."""
        wanted = self.node_type(level)
        lists = []
        for node in nodes:
            sql = self.paths.listed(node, item)
            shapes = [node.shape] if node.shape else []
            if _passes(node, self.repeat.node, node.shape):
                # on its way are other nodes, so that its own text began sooner
                sql = f"try_cast({sql} as {as_type(wanted)}[])"
            elif structure(shapes, {self.repeat.node: level - 1}) != wanted:
                sql = f"cast({sql} as {as_type(wanted)}[])"
            lists.append(sql)
        return joined(lists)

    def last(self, level: int) -> bool:
        """Whether what a node of this level leads on to is not parsed with it."""
        return level >= self.repeat.node.levels or not self.heads

    def look(self, node: str, level: int) -> str:
        """What the inside of the repeat reads of a node."""
        if not self.seen:
            return "true"
        # at the last level what leads on is text, from which a look inside takes what it needs
        return f"{'try_cast' if self.last(level) else 'cast'}({node} as {self.seen})"

    def look_and_rest(self, node: str, level: int) -> str:
        """The same, and what of the node is still text."""
        rest = self.rest(node) if self.last(level) else "cast(null as json)"
        return f"struct_pack(n := {self.look(node, level)}, r := {rest})"

    def walked(self, nodes: str, level: int, write: Callable[[str, int], str]) -> str:
        """Each node of a list followed by all below it, down to the last level."""
        if self.last(level):
            return self.transformed(nodes, lambda one: write(one, level))
        one = self.paths.parameter()
        children = self.children(self.repeat.links, one, level + 1)
        below = self.walked(children, level + 1, write)
        both = joined([f"[{write(one, level)}]", below])
        return f"flatten(list_transform({nodes}, lambda {one}: {both}))"

    def reaches(self, nodes: str, level: int) -> str:
        """Whether anything lies below the last level."""
        one = self.paths.parameter()
        if self.last(level):
            found = self.leads(one)
        else:
            found = self.reaches(self.children(self.repeat.links, one, level + 1), level + 1)
        return f"len(list_filter({nodes}, lambda {one}: {found})) > 0"

    def leads(self, node: str) -> str:
        """Whether a node of the last level may lead on to others."""
        some = []
        for name, (_, inside) in self.heads.items():
            field = f'{node}."{name}"'
            if self.repeat.node in inside.together():
                some.append(f"{field} is not null")
            else:
                some.extend(
                    f"contains(cast({field} as varchar), {quoted(json_key)})"
                    for json_key in (f'"{leaf}"' for leaf in _leaves(inside, self.repeat.node))
                )
        return " or ".join(some)

    def text(self, node: str) -> str:
        """What a node of the last level leads on to, as text."""
        fields = ", ".join(f'{quoted(name)}, {node}."{name}"' for name in self.heads)
        return f"json_object({fields})"

    def rest(self, node: str) -> str:
        """The same, null when there is nothing."""
        return f"(case when {self.leads(node)} then {self.text(node)} end)"

    def deepened(self, nodes: str) -> str:
        """The list with the rests walked in turn, as often as the deepest text may need."""
        one, found, step, node = (self.paths.parameter() for _ in range(4))
        rest = f"lambda {one}: {one}.r is not null"
        nested = f"list_transform({nodes}, lambda {one}: {_NESTED.format(f'{one}.r')})"
        rounds = f"range(list_max({nested}))"
        rounds = f"list_transform({rounds}, lambda {one}: cast([] as {self.state}[]))"
        walked = f"flatten(list_transform({found}, lambda {node}: {self.expanded(node)}))"
        # a round without rests left is only a look at the list
        more = f"len(list_filter({found}, {rest})) > 0"
        next_ = f"lambda {found}, {step}: case when {more} then {walked} else {found} end"
        return f"list_reduce({rounds}, {next_}, {nodes})"

    def expanded(self, node: str) -> str:
        """A node and all below it, of an element whose rest is still text."""
        heads = Shape()
        heads.children = {name: (element, inside) for name, (element, inside) in self.heads.items()}
        parsed = f"from_json({node}.r, {quoted(as_json(structure([heads])))})"
        name = self.paths.parameter()
        children = self.children(self.repeat.links, name, 1)
        below = self.walked(children, 1, self.look_and_rest)
        below = f"(list_transform([{parsed}], lambda {name}: {below}))[1]"
        own = f"[struct_pack(n := {node}.n, r := cast(null as json))]"
        return f"(case when {node}.r is null then [{node}] else {joined([own, below])} end)"


def _passes(part: object, node: Shape, end: Shape | None) -> bool:
    """Whether a path goes through a node before it ends."""
    if isinstance(part, tuple):
        return any(_passes(one, node, end) for one in part)
    if not isinstance(part, Typed) or isinstance(part, Item):
        return False
    shape = part.shape
    if shape is not None and shape is not end and node in shape.together():
        return True
    return _passes(tuple(vars(part).values()), node, end)


def _leaves(shape: Shape, node: Shape) -> list[str]:
    """Names of the elements through which a shape leads to a node."""
    found = []
    for name, (_, inside) in shape.children.items():
        if inside is None:
            continue
        if node in inside.together():
            found.append(name)
        else:
            found.extend(_leaves(inside, node))
    return found

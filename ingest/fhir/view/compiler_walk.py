"""``repeat`` as steps of the query: one unnests each level, the last puts nodes in their places.

After the last level a row is a path from a first node down to a node without children, with what
was computed of every node on it. A node stands on the paths of all that is below it; the first of
those paths tells of it. So a path tells of its end, and of the nodes right above that as long as
each is the first child of the next: a stretch of levels, which is unnested as numbers. That is
depth first, in the order of the text, and no node is copied on the way.

What lies below the last level was kept as text. It is walked as a list (``RepeatCompiler``), in the
rows that have any, and those nodes follow the end of their path.

This way does not know how many nodes came before one, so a ``%rowIndex`` of the repeat is for
``RepeatCompiler``, as is a repeat inside another or in a unionAll.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from ingest.fhir.view.compiler_repeat import RepeatCompiler

#: Characters of SQL of a node that are written for every level; more are written once, afterwards.
_LONGEST = 6_000


@dataclass(frozen=True)
class Turn:
    """One step: what it unnests, what it computes of that, and the columns it then holds."""

    source: tuple[str, ...]
    columns: tuple[str, ...]
    live: tuple[str, ...]


class WalkCompiler:
    """Writes the steps of one repeat."""

    def __init__(
        self, loop: RepeatCompiler, alias: str, evaluate: Callable[[str], dict[str, str]]
    ) -> None:
        """Prepare the names of what the steps hold.

        Args:
            loop: writes the nodes of the repeat.
            alias: the column that holds the first nodes; below, the children of a node.
            evaluate: writes by alias what the inside of the repeat needs of a node.
        """
        self.loop = loop
        self.alias = alias
        # the node, what is seen of it, how many there are beside it; the levels a path tells of
        self.node, self.seen, self.number = f"n_{alias}", f"e_{alias}", f"h_{alias}"
        self.first, self.end, self.place = f"f_{alias}", f"t_{alias}", f"i_{alias}"
        long = sum(map(len, evaluate(self.node).values())) > _LONGEST
        self.later = evaluate if long else None
        self.evaluate = (lambda node: {self.seen: node}) if long else evaluate
        self.cast = long or bool(loop.heads.keys() & loop.inside.children.keys())

    def turns(self, kept: tuple[str, ...]) -> Iterator[Turn]:
        """The steps, after the one that computed the first nodes.

        Args:
            kept: columns to keep, of the item the repeat stands in.
        """
        held, levels = kept, range(1, self.loop.repeat.node.levels + 1)
        for level in levels:
            yield (turn := self.level(held, level))
            held = tuple(name for name in turn.live if name != self.alias)
        yield self.told(kept, held)
        if self.later:
            columns = self.later(self.seen)
            live = (*kept, *columns)
            yield Turn((*kept, self.seen), (*kept, *_named(columns)), live)

    def level(self, held: tuple[str, ...], level: int) -> Turn:
        """The step that unnests a level; a path that ended above it goes on as it is."""
        source = [*held, f"unnest({self.alias}) as {self.node}"]
        if self.cast:
            source.append(f"{self.loop.look(f'unnest({self.alias})', level)} as {self.seen}")
        levels = {self.first: "1", self.end: "1"}
        if level > 1:
            # a list of one: its level goes to the first child, or to the row that has no children
            source[source.index(self.first)] = f"unnest([{self.first}]) as {self.first}"
            source.append(f"coalesce(len({self.alias}), 0) as {self.number}")
            levels = {
                self.first: f"coalesce({self.first}, {level})",
                self.end: f"(case when {self.number} > 0 then {level} else {self.end} end)",
            }
        found = self.evaluate(self.seen if self.cast else self.node)
        found = {f"{alias}_{level}": sql for alias, sql in found.items()}
        found |= levels | {self.alias: self.below(level)}
        kept = [name for name in held if name not in levels]
        return Turn(tuple(source), (*kept, *_named(found)), (*kept, *found))

    def below(self, level: int) -> str:
        """The children of a node; of one of the last level all that is below it, computed."""
        if not self.loop.last(level):
            return self.loop.children(self.loop.repeat.links, self.node, level + 1)

        def computed(one: str) -> str:
            fields = (f"{alias} := {sql}" for alias, sql in self.evaluate(f"{one}.n").items())
            return f"struct_pack({', '.join(fields)}, n := 0)"

        return self.loop.remainder(self.node, computed)

    def told(self, kept: tuple[str, ...], held: tuple[str, ...]) -> Turn:
        """The step that unnests what each path tells of."""
        last = self.loop.repeat.node.levels
        stop = f"{self.end} + 1 + coalesce(len({self.alias}), 0)"
        source = (*held, self.alias, f"unnest(range({self.first}, {stop})) as {self.place}")
        columns = {}
        for alias in self.evaluate(self.node):
            choices = (f"when {level} then {alias}_{level}" for level in range(1, last + 1))
            deeper = f"{self.alias}[{self.place} - {last}].{alias}"
            columns[alias] = f"(case {self.place} {' '.join(choices)} else {deeper} end)"
        return Turn(source, (*kept, *_named(columns)), (*kept, *columns))


def _named(columns: dict[str, str]) -> list[str]:
    return [f"{sql} as {alias}" for alias, sql in columns.items()]

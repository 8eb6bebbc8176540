"""Pure: which nodes of a graph can be reached, where each needs and provides capabilities.

A node may unlock another: a chain. If every node waits for the dead number or for another node that
waits, it is a deadlock, and only a person can break it.
"""

from collections.abc import Sequence
from dataclasses import dataclass

NUMBER = "working-number"  # the capability that the reader has lost, and wants back


@dataclass(frozen=True)
class RouteNode:
    """One procedure in the graph: its key, the capabilities it needs and those it provides."""

    key: int
    needs: frozenset[str] = frozenset()
    provides: frozenset[str] = frozenset()


@dataclass(frozen=True)
class Reachability:
    """Whether one node can be reached, and how."""

    node: RouteNode
    prerequisites: tuple[int, ...]  # keys of the nodes to visit before, in order
    missing: frozenset[str]  # what is not available, and no reachable node provides

    @property
    def is_open(self) -> bool:
        return not self.missing


def reachability(nodes: Sequence[RouteNode], available: frozenset[str]) -> list[Reachability]:
    """Return the reachability of each node, in the given order.

    Fixed-point iteration: each round visits every node whose needs are met, and adds what it
    provides. So there are at most as many rounds as nodes, on any graph.
    """
    obtained, provider, visited = set(available), dict[str, RouteNode](), set[int]()
    while fresh := [n for n in nodes if n.key not in visited and n.needs <= obtained]:
        visited |= {n.key for n in fresh}
        for node in fresh:
            for capability in node.provides - obtained:
                provider.setdefault(capability, node)
        obtained |= provider.keys()
    return [
        Reachability(n, _prerequisites(n, available, provider), n.needs - obtained) for n in nodes
    ]


def _prerequisites(
    node: RouteNode, available: frozenset[str], provider: dict[str, RouteNode]
) -> tuple[int, ...]:
    order: dict[int, None] = {}
    for need in sorted(node.needs - available):
        if before := provider.get(need):
            order |= dict.fromkeys((*_prerequisites(before, available, provider), before.key))
    return tuple(order)


def is_deadlock(found: Sequence[Reachability]) -> bool:
    """Tell whether each node is closed because it needs the number, or what only closed nodes
    provide.
    """
    circular = {NUMBER} | {capability for r in found for capability in r.node.provides}
    return bool(found) and all(not r.is_open and r.missing & circular for r in found)

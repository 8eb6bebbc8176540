"""reachability.py: which nodes of any graph are open, and what goes before them."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from esimguide.guide.reachability import (
    NUMBER,
    Reachability,
    RouteNode,
    is_deadlock,
    reachability,
)

CAPABILITIES = st.frozensets(st.sampled_from("abcdef"), max_size=4)
NODES = st.lists(
    st.builds(RouteNode, key=st.integers(), needs=CAPABILITIES, provides=CAPABILITIES), max_size=12
).map(lambda nodes: [replace(node, key=key) for key, node in enumerate(nodes)])


def obtainable(nodes: list[RouteNode], available: frozenset[str]) -> frozenset[str]:
    """Everything a reader can obtain, by trying every node again and again."""
    obtained = available
    for _ in nodes:
        for node in nodes:
            if node.needs <= obtained:
                obtained |= node.provides
    return obtained


@given(NODES, CAPABILITIES)
def test_a_node_is_open_exactly_when_its_needs_can_be_obtained(
    nodes: list[RouteNode], available: frozenset[str]
) -> None:
    obtained = obtainable(nodes, available)
    found = reachability(nodes, available)
    assert [r.node for r in found] == nodes
    assert [(r.is_open, r.missing) for r in found] == [
        (n.needs <= obtained, n.needs - obtained) for n in nodes
    ]


@given(NODES, CAPABILITIES)
def test_visiting_the_prerequisites_really_opens_a_node(
    nodes: list[RouteNode], available: frozenset[str]
) -> None:
    for found in reachability(nodes, available):
        obtained = set(available)
        for key in found.prerequisites:
            assert nodes[key].needs - obtained <= found.missing
            if nodes[key].needs <= obtained:
                obtained |= nodes[key].provides
        assert found.node.needs - obtained == found.missing


@given(NODES, CAPABILITIES, CAPABILITIES)
def test_more_capabilities_never_close_a_node(
    nodes: list[RouteNode], available: frozenset[str], more: frozenset[str]
) -> None:
    before, after = reachability(nodes, available), reachability(nodes, available | more)
    assert all(b.is_open <= a.is_open for b, a in zip(before, after, strict=True))


@given(NODES, CAPABILITIES)
def test_the_same_input_gives_the_same_output(
    nodes: list[RouteNode], available: frozenset[str]
) -> None:
    assert reachability(nodes, available) == reachability(list(nodes), frozenset(available))


def test_a_chain_is_found_in_its_order() -> None:
    nodes = [
        RouteNode(3, frozenset("b"), frozenset("c")),
        RouteNode(2, frozenset("a"), frozenset("b")),
        RouteNode(1, frozenset(), frozenset("a")),
    ]
    assert [r.prerequisites for r in reachability(nodes, frozenset())] == [(1, 2), (1,), ()]


@pytest.mark.parametrize(
    ("nodes", "expected"),
    [
        ([], False),
        ([RouteNode(1, frozenset({NUMBER}))], True),
        (
            [
                RouteNode(1, frozenset("a"), frozenset("b")),
                RouteNode(2, frozenset("b"), frozenset("a")),
            ],
            True,
        ),
        ([RouteNode(1, frozenset({NUMBER})), RouteNode(2)], False),
        ([RouteNode(1, frozenset({NUMBER})), RouteNode(2, frozenset("a"))], False),
    ],
)
def test_deadlock(nodes: list[RouteNode], *, expected: bool) -> None:
    assert is_deadlock(reachability(nodes, frozenset())) is expected


def test_a_node_without_missing_needs_is_open() -> None:
    assert Reachability(RouteNode(1), (), frozenset()).is_open

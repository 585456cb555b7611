"""The diagram of docs/architecture.md shows the imports that there are."""

from __future__ import annotations

import re
from itertools import pairwise

import grimp
import pytest

from service.settings import PROJECT_ROOT

Edges = set[tuple[str, str]]

PAGE = (PROJECT_ROOT / "docs" / "architecture.md").read_text(encoding="utf-8")
BASE = {"records", "errors", "settings", "libraries", "data"}
NOT_SHOWN = {"__main__", "web"}


@pytest.fixture(scope="module")
def graph() -> grimp.ImportGraph:
    return grimp.build_graph("service", cache_dir=None)


def imports(graph: grimp.ImportGraph, package: str) -> Edges:
    """Which of the package's modules and subpackages imports which."""
    found = set()
    for importer in graph.find_descendants(package):
        for imported in graph.find_modules_directly_imported_by(importer):
            if imported.startswith(f"{package}."):
                first, second = (name.removeprefix(f"{package}.").split(".")[0] for name in (importer, imported))
                found.add((first, second))
    return {(first, second) for first, second in found if first != second}


def drawn(lines: str) -> Edges:
    """The arrows of Mermaid's ``a & b --> c --> d``."""
    found: Edges = set()
    for line in lines.splitlines():
        groups = [re.findall(r"\w+", group) for group in line.split("-->")]
        for first, second in pairwise(groups):
            found |= {(a, b) for a in first for b in second}
    return found


def reachable(edges: Edges) -> Edges:
    """The edges with every path over several of them."""
    found = set(edges)
    while further := {(a, d) for a, b in found for c, d in edges if b == c} - found:
        found |= further
    return found


def test_the_diagram_has_every_import_between_the_parts(graph: grimp.ImportGraph) -> None:
    outside = re.sub(r"subgraph attribution.*?\n    end\n", "", PAGE, flags=re.DOTALL)
    edges = {tuple("base" if name in BASE else name for name in edge) for edge in imports(graph, "service")}
    assert drawn(outside) == {edge for edge in edges if len({*edge}) == 2 and not NOT_SHOWN & {*edge}}


def test_the_diagram_of_the_engine_implies_every_import_and_no_other(graph: grimp.ImportGraph) -> None:
    (engine,) = re.findall(r"subgraph attribution.*?\n(.*?)\n    end\n", PAGE, flags=re.DOTALL)
    assert reachable(drawn(engine)) == reachable(imports(graph, "service.attribution"))


def test_the_size_of_the_engine_s_import_graph(graph: grimp.ImportGraph) -> None:
    edges = imports(graph, "service.attribution")
    modules = len({name for edge in edges for name in edge})
    assert f"its top level has {modules} modules in 6 layers with {len(edges)} imports" in " ".join(PAGE.split())

"""The rules over one document: as Kemu runs them, and as pySHACL does over rdflib in memory.

Both run the same shapes, prepared beforehand, over the same triples, and must find the same.
"""

from __future__ import annotations

import time
from pathlib import Path

from pyshacl.graph_abstraction import DataGraph
from pyshacl.validator import Validator
from rdflib import Graph
from rdflib.namespace import SH

from benchmarks.timing import of_call, shown
from kemu.extract import extract
from kemu.graph.build import store
from kemu.read import read
from kemu.validate import engine


def compare(path: Path) -> None:
    """Print the time of the rules over one document on both engines, and their ratio."""
    built = store(extract(read(path)))
    graph = Graph()
    graph.parse(data="".join(f"{quad.triple} .\n" for quad in built), format="nt")
    ours = {(r.shape.iri, r.value) for r in engine.results(built)}
    mine = of_call(lambda: engine.results(built))
    begun = time.perf_counter()
    theirs = _rdflib(graph)
    other = time.perf_counter() - begun
    print(f"规则，一份文件 / rules, one document ({path.name}, {len(graph):,} triples)")
    print(f"  Kemu (pySHACL on pyoxigraph)   {shown(mine)}")
    print(f"  pySHACL on rdflib, in memory   {shown(other)}   = {other / mine:.0f} ×")
    agree = "the same" if ours == theirs else f"DIFFERENT ({len(ours)} and {len(theirs)})"
    print(f"  findings: {agree} ({len(ours)})")


def _rdflib(graph: Graph) -> set[tuple[str, str]]:
    data = DataGraph.from_rdflib_graph(graph)
    validator = Validator(data, shacl_graph=Graph(), options={"inplace": True})
    validator.shacl_graph = engine.prepared()
    _, report, _ = validator.run()
    assert isinstance(report, Graph), report
    return {
        (str(report.value(r, SH.sourceShape)), str(report.value(r, SH.value)))
        for r in report.objects(None, SH.result)
    }

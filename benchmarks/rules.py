"""The rules over documents: as Kemu runs them, and as pySHACL does over rdflib in memory.

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


def compare(paths: list[Path]) -> None:
    """Print the time of all rules over each document, and of the last one on both engines."""
    print("规则 / rules: Kemu (pySHACL on pyoxigraph), warm")
    for path in paths:
        extraction = extract(read(path))
        built = store(extraction)
        mine = of_call(lambda built=built: engine.results(built))
        size = f"{len(built):>7,} triples {len(extraction.equations):>4} equations"
        print(f"  {path.name[:12]:<12} {size}   {shown(mine)}")
    graph = Graph()
    graph.parse(data="".join(f"{quad.triple} .\n" for quad in built), format="nt")
    ours = {(r.shape.iri, r.value) for r in engine.results(built)}
    begun = time.perf_counter()
    theirs = _rdflib(graph)
    other = time.perf_counter() - begun
    ratio = f"{other / mine:.0f} ×"
    print(f"  pySHACL on rdflib in memory, the last of them   {shown(other)} = {ratio}")
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

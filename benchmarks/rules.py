"""The rules over documents: as Kemu runs them, and as pySHACL does over rdflib in memory.

Both run the same shapes, prepared beforehand, over the same triples, and must find the same.
"""

from __future__ import annotations

import time
from pathlib import Path

import pyoxigraph as ox
from pyshacl.graph_abstraction import DataGraph
from pyshacl.validator import Validator
from rdflib import Graph
from rdflib.namespace import SH

from benchmarks.timing import of_call, shown
from kemu.extract import extract
from kemu.graph.build import store
from kemu.read import read
from kemu.validate import engine, reference

Found = set[tuple[str, str]]
"""Shape and what is at fault, by IRI."""


def compare(paths: list[Path]) -> bool:
    """Print the time of all rules over each document on both engines.

    Returns:
        Whether both found the same in every document; if not, the differences are printed.
    """
    print("规则 / rules: Kemu (pyoxigraph), warm | pySHACL on rdflib in memory")
    agreed = [_compared(path) for path in paths]
    return all(agreed)


def _compared(path: Path) -> bool:
    extraction = extract(read(path))
    built = store(extraction)
    mine = of_call(lambda: engine.results(built))
    ours = by_kemu(built)
    begun = time.perf_counter()
    theirs = by_rdflib(built)
    other = time.perf_counter() - begun
    size = f"{len(built):>7,} triples {len(extraction.equations):>4} equations"
    print(f"  {path.name[:12]:<12} {size}   {shown(mine)} | {shown(other)} = {other / mine:.0f} ×")
    if ours == theirs:
        print(f"  {'':<12} findings: the same ({len(ours)})")
    else:
        print(f"  {'':<12} findings: DIFFERENT ({len(ours)} and {len(theirs)})")
        for shape, value in sorted(ours ^ theirs):
            engine_of = "Kemu only  " if (shape, value) in ours else "rdflib only"
            print(f"    {engine_of} {shape} {value}")
    return ours == theirs


def by_kemu(built: ox.Store) -> Found:
    """Return what the shapes find in a document's graph as Kemu runs them."""
    return {(result.shape.iri, result.value) for result in engine.results(built)}


def by_rdflib(built: ox.Store) -> Found:
    """Return what the shapes find in a document's graph by pySHACL over rdflib in memory."""
    graph = Graph()
    graph.parse(data="".join(f"{quad.triple} .\n" for quad in built), format="nt")
    data = DataGraph.from_rdflib_graph(graph)
    validator = Validator(data, shacl_graph=Graph(), options={"inplace": True})
    validator.shacl_graph = reference.prepared()
    _, report, _ = validator.run()
    assert isinstance(report, Graph), report
    return {
        (str(report.value(r, SH.sourceShape)), str(report.value(r, SH.value)))
        for r in report.objects(None, SH.result)
    }

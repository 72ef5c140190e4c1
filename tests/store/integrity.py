"""Integrity constraints of the RDF Data Cube Vocabulary (W3C, section 11), as ASK queries.

Each answers yes where a cube breaks it. Left out: those of slices and groups of observations
(IC-7 to IC-10, IC-18) and of measure dimensions and hierarchical lists (IC-15 to IC-17, IC-20,
IC-21), of which the cube has none.
"""

CONSTRAINTS = {
    "IC-1 unique data set": """ASK { {
        ?obs a qb:Observation . FILTER NOT EXISTS { ?obs qb:dataSet ?dataset1 . } } UNION {
        ?obs a qb:Observation ; qb:dataSet ?dataset1, ?dataset2 .
        FILTER (?dataset1 != ?dataset2) } }""",
    "IC-2 unique DSD": """ASK { {
        ?dataset a qb:DataSet . FILTER NOT EXISTS { ?dataset qb:structure ?dsd . } } UNION {
        ?dataset a qb:DataSet ; qb:structure ?dsd1, ?dsd2 . FILTER (?dsd1 != ?dsd2) } }""",
    "IC-3 DSD includes measure": """ASK { ?dsd a qb:DataStructureDefinition .
        FILTER NOT EXISTS { ?dsd qb:component [ qb:componentProperty|qb:measure
            [ a qb:MeasureProperty ] ] } }""",
    "IC-4 dimensions have range": """ASK { ?dim a qb:DimensionProperty .
        FILTER NOT EXISTS { ?dim rdfs:range [] } }""",
    "IC-5 concept dimensions have code lists": """ASK {
        ?dim a qb:DimensionProperty ; rdfs:range skos:Concept .
        FILTER NOT EXISTS { ?dim qb:codeList [] } }""",
    "IC-6 only attributes may be optional": """ASK {
        ?dsd qb:component ?componentSpec .
        ?componentSpec qb:componentRequired false ; qb:componentProperty ?component .
        FILTER NOT EXISTS { ?component a qb:AttributeProperty } }""",
    "IC-11 all dimensions required": """ASK {
        ?obs qb:dataSet/qb:structure/qb:component/(qb:componentProperty|qb:dimension) ?dim .
        ?dim a qb:DimensionProperty .
        FILTER NOT EXISTS { ?obs ?dim [] } }""",
    "IC-13 required attributes": """ASK {
        ?obs qb:dataSet/qb:structure/qb:component ?component .
        ?component qb:componentRequired "true"^^xsd:boolean ;
            (qb:componentProperty|qb:attribute) ?attr .
        FILTER NOT EXISTS { ?obs ?attr [] } }""",
    "IC-14 all measures present": """ASK {
        ?obs qb:dataSet/qb:structure ?dsd .
        FILTER NOT EXISTS { ?dsd qb:component/(qb:componentProperty|qb:dimension) qb:measureType }
        ?dsd qb:component/(qb:componentProperty|qb:measure) ?measure .
        ?measure a qb:MeasureProperty .
        FILTER NOT EXISTS { ?obs ?measure [] } }""",
    "IC-19 codes from code list": """ASK {
        ?obs qb:dataSet/qb:structure/qb:component/(qb:componentProperty|qb:dimension) ?dim .
        ?dim a qb:DimensionProperty ; qb:codeList ?list .
        ?list a skos:ConceptScheme .
        ?obs ?dim ?v .
        FILTER NOT EXISTS { ?v a skos:Concept ; skos:inScheme ?list } }""",
}
"""IC-12 (no two observations with the same dimensions) is held by grouping: as the W3C writes it,
the query compares all pairs."""

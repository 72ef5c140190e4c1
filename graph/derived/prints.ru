# Each other value that a quantity is printed with, held against the reference for its key: at the
# first fact that prints it, and as finely as any of them does.
PREFIX kemu: <https://w3id.org/kemu/ontology#>

INSERT {
  ?fact kemu:comparedWith ?reference ; kemu:computed ?computed ; kemu:gap ?gap ;
    kemu:bound ?bound ; kemu:slack ?slack ; kemu:lastUnit ?unit .
}
WHERE {
  {
    SELECT ?key ?reference ?computed ?other ?stated (MIN(STR(?print)) AS ?first) (MIN(?h) AS ?half)
    WHERE {
      ?reference kemu:referenceFor ?key ; kemu:value ?computed ; kemu:halfStep ?other .
      ?print kemu:key ?key ; kemu:value ?stated ; kemu:halfStep ?h .
      FILTER(?stated != ?computed)
      MINUS { ?reference kemu:malformed true }
      MINUS { ?print kemu:malformed true }
    } GROUP BY ?key ?reference ?computed ?other ?stated HAVING(COUNT(*) > 0)
  }
  ?fact kemu:key ?key ; kemu:value ?stated .
  FILTER(STR(?fact) = ?first)
  BIND(?stated - ?computed AS ?gap)
  BIND(?half + ?other AS ?bound)
  BIND(IF(?half > ?other, ?half, ?other) AS ?coarse)
  BIND(IF(?half = ?other, 0.0, ?coarse) AS ?slack)
  BIND(2 * ?coarse AS ?unit)
}

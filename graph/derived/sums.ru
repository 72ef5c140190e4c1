# What each equation's total is held to and what of a difference rounding explains; and where there is
# one, what the terms add to and how far the total is from that.
# A blank that may be an item not disclosed leaves room below the total; one that must be there, or
# that is taken off, leaves nothing to compare. One term of weight 1 is the same quantity twice: the
# coarser may be the finer rounded. No sub-SELECT shares a variable that it does not project: rdflib's
# updates do not keep them apart.
PREFIX kemu: <https://w3id.org/kemu/ontology#>
PREFIX rdfs: <http://www.w3.org/2000/01/rdf-schema#>

INSERT {
  ?sum kemu:heldTo ?relation ; kemu:bound ?bound ; kemu:computed ?computed ; kemu:gap ?gap ;
    kemu:isReprint ?reprint ; kemu:slack ?slack ; rdfs:label ?label .
}
WHERE {
  {
    SELECT ?sum (SUM(?w * ?v) AS ?added) (SUM(ABS(?w) * ?h) AS ?half) (COUNT(?w) AS ?terms)
      (MIN(?w) AS ?least)
    WHERE {
      ?sum kemu:term ?term .
      ?term kemu:weight ?w ; kemu:fact ?part .
      ?part kemu:value ?v ; kemu:halfStep ?h .
    } GROUP BY ?sum HAVING(COUNT(*) > 0)
  }
  ?sum kemu:total ?total ; kemu:relation ?printed ; kemu:missingTerm ?missing .
  ?total kemu:value ?stated ; kemu:halfStep ?own .
  MINUS { ?total kemu:malformed true }
  MINUS { ?bad kemu:malformed true . ?spoilt kemu:fact ?bad . ?sum kemu:term ?spoilt }
  OPTIONAL {
    SELECT ?sum (MIN(?sign) AS ?blank) WHERE {
      ?cell a kemu:BlankCell .
      ?empty kemu:fact ?cell ; kemu:weight ?sign .
      ?sum kemu:term ?empty ; kemu:missingTerm ?meaning .
      FILTER(?meaning != kemu:blankIsZero)
    } GROUP BY ?sum HAVING(COUNT(*) > 0)
  }
  FILTER(!BOUND(?blank) || (?missing = kemu:notDisclosed && ?blank > 0))
  BIND(IF(BOUND(?blank), kemu:atMost, ?printed) AS ?relation)
  BIND(?own + ?half AS ?bound)
  BIND(IF(?stated = ?added, ?none, ?added) AS ?computed)
  BIND(?stated - ?computed AS ?gap)
  BIND(IF(BOUND(?gap), ?terms = 1 && ?least = 1, ?none) AS ?reprint)
  BIND(IF(?reprint && ?own != ?half, IF(?own > ?half, ?own, ?half), IF(BOUND(?gap), 0.0, ?none))
    AS ?slack)
  OPTIONAL { ?total rdfs:label ?row }
  OPTIONAL { ?total kemu:columnPath ?column }
  BIND(IF(BOUND(?gap), CONCAT(?row, COALESCE(CONCAT("·", REPLACE(?column, " > ", "·")), "")), ?none)
    AS ?label)
}

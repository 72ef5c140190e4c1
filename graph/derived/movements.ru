# How far the two amounts of a claim lie apart, and of that, what rounding explains; for a stated
# change, how far its size is from theirs. The direction is another matter.
PREFIX kemu: <https://w3id.org/kemu/ontology#>

INSERT {
  ?claim kemu:movement ?movement ; kemu:movementBound ?margin ; kemu:movementSlack ?slack ;
    kemu:computed ?computed ; kemu:gap ?gap ; kemu:bound ?bound .
}
WHERE {
  {
    ?claim kemu:currentAmount ?one ; kemu:baseAmount ?two .
  } UNION {
    ?claim kemu:leftAmount ?one ; kemu:rightAmount ?two .
  }
  ?one kemu:value ?v ; kemu:halfStep ?h .
  ?two kemu:value ?w ; kemu:halfStep ?k .
  MINUS { ?one kemu:malformed true }
  MINUS { ?two kemu:malformed true }
  BIND(?v - ?w AS ?movement)
  BIND(?h + ?k AS ?margin)
  BIND(IF(?h = ?k, 0.0, IF(?h > ?k, ?h, ?k)) AS ?slack)
  OPTIONAL {
    ?claim a kemu:ChangeClaim ; kemu:stated ?stated ; kemu:statedHalfStep ?own ;
      kemu:printedUnit ?unit .
    FILTER(?unit != "%")
  }
  BIND(IF(BOUND(?stated), ABS(?movement), ?none) AS ?computed)
  BIND(ABS(?stated) - ?computed AS ?gap)
  BIND(?own + ?margin AS ?bound)
}

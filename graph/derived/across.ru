# How far a number is from those that other documents print of the same quantity, and of that, what
# rounding explains. What an amount is said to have changed from is the amount less the change.
PREFIX kemu: <https://w3id.org/kemu/ontology#>

INSERT {
  ?pair kemu:stated ?stated ; kemu:computed ?computed ; kemu:gap ?gap ; kemu:bound ?bound .
}
WHERE {
  {
    SELECT ?pair (SUM(?v) AS ?computed) (SUM(?h) AS ?theirs) WHERE {
      ?pair a kemu:AcrossComparison ; kemu:there ?there .
      ?there kemu:value ?v ; kemu:halfStep ?h .
    } GROUP BY ?pair
  }
  ?pair kemu:here ?here .
  {
    ?here kemu:value ?stated ; kemu:halfStep ?own .
  } UNION {
    ?here kemu:currentAmount ?now ; kemu:stated ?change ; kemu:statedHalfStep ?k ;
      kemu:direction ?way .
    ?now kemu:value ?amount ; kemu:halfStep ?h2 .
    BIND(IF(?way = kemu:increase, ?amount - ABS(?change), ?amount + ABS(?change)) AS ?stated)
    BIND(?h2 + ?k AS ?own)
  }
  BIND(?stated - ?computed AS ?gap)
  BIND(?own + ?theirs AS ?bound)
}

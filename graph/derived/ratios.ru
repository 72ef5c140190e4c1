# Shares and completions: one amount in hundredths of another, between what both may have been before
# rounding. Amounts are divided, never multiplied with each other.
PREFIX kemu: <https://w3id.org/kemu/ontology#>

INSERT {
  ?claim kemu:computed ?computed ; kemu:gap ?gap ; kemu:bound ?bound ; kemu:excess ?excess .
}
WHERE {
  {
    ?claim a kemu:ShareClaim ; kemu:partAmount ?part ; kemu:wholeAmount ?whole .
  } UNION {
    ?claim a kemu:CompletionClaim ; kemu:actualAmount ?part ; kemu:budgetAmount ?whole .
  }
  ?claim kemu:stated ?stated ; kemu:statedHalfStep ?own ; kemu:printedUnit ?unit .
  FILTER(?unit = "%" || ?unit = "")
  ?part kemu:value ?a ; kemu:halfStep ?ha .
  ?whole kemu:value ?b ; kemu:halfStep ?hb .
  MINUS { ?part kemu:malformed true }
  MINUS { ?whole kemu:malformed true }
  FILTER(?a >= 0 && ?b - ?hb > 0)
  BIND(100 * ?a / ?b AS ?computed)
  BIND(100 * (?a - ?ha) / (?b + ?hb) AS ?low)
  BIND(100 * (?a + ?ha) / (?b - ?hb) AS ?high)
  BIND(?stated - ?computed AS ?gap)
  BIND(?own + IF(?high - ?computed > ?computed - ?low, ?high - ?computed, ?computed - ?low)
    AS ?bound)
  BIND(IF(?low - ?stated > ?stated - ?high, ?low - ?stated, ?stated - ?high) - ?own AS ?excess)
}

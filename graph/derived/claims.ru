# By how much more than rounding a claim may miss before it is more than a last digit cut off, filled up
# or made to fit: one unit of the last decimal printed that is not 0, less the half that rounding has.
PREFIX kemu: <https://w3id.org/kemu/ontology#>

INSERT { ?claim kemu:cutOff ?cutOff }
WHERE {
  ?claim kemu:statedHalfStep ?half .
  OPTIONAL { ?claim kemu:statedStep ?step }
  BIND(COALESCE(?step, 2 * ?half) - ?half AS ?cutOff)
}

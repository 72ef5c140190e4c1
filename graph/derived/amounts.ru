# Amounts that nothing can be computed with: no exact decimal, or implausibly large (元).
PREFIX kemu: <https://w3id.org/kemu/ontology#>
PREFIX xsd: <http://www.w3.org/2001/XMLSchema#>

INSERT { ?fact kemu:malformed true }
WHERE {
  ?fact kemu:value ?amount .
  FILTER(COALESCE(!(DATATYPE(?amount) = xsd:decimal || DATATYPE(?amount) = xsd:integer)
    || ABS(?amount) >= 1000000000000000, true))
}

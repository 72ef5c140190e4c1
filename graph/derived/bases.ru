# The amount that a rate, a completion or a share is taken of; an increase is taken of the amount
# less itself where the amount before is not printed.
PREFIX kemu: <https://w3id.org/kemu/ontology#>

INSERT { ?claim kemu:takenOf ?amount }
WHERE {
  {
    ?claim a kemu:RateClaim ; kemu:baseAmount/kemu:value ?amount .
  } UNION {
    ?claim a kemu:CompletionClaim ; kemu:budgetAmount/kemu:value ?amount .
  } UNION {
    ?claim a kemu:ShareClaim ; kemu:wholeAmount/kemu:value ?amount .
  } UNION {
    ?claim a kemu:RateClaim ; kemu:currentAmount/kemu:value ?present ; kemu:changeClaim ?change .
    FILTER NOT EXISTS { ?claim kemu:baseAmount ?any }
    ?change kemu:stated ?moved ; kemu:direction kemu:increase .
    BIND(?present - ?moved AS ?amount)
  }
}

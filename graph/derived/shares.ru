# What the shares of a list add to, and how far from 100 rounding may bring that.
PREFIX kemu: <https://w3id.org/kemu/ontology#>

INSERT { ?list kemu:sharesSum ?sum ; kemu:sharesBound ?bound }
WHERE {
  SELECT ?list (SUM(?share) AS ?sum) (SUM(?half) AS ?bound) WHERE {
    ?claim a kemu:ShareClaim ; kemu:group ?list ; kemu:stated ?share ; kemu:statedHalfStep ?half .
  } GROUP BY ?list HAVING(COUNT(*) > 0)
}

# A document that is a form nobody has filled in: three places to fill in or more, and no amount but
# zero, neither understood nor left open.
PREFIX kemu: <https://w3id.org/kemu/ontology#>
PREFIX qb: <http://purl.org/linked-data/cube#>

INSERT { ?document kemu:isBlankForm true }
WHERE {
  ?document a kemu:DisclosureDocument .
  {
    SELECT ?document (COUNT(?each) AS ?places) WHERE {
      ?each kemu:inDocument ?document ; kemu:spanKind "placeholder" .
    } GROUP BY ?document HAVING(COUNT(?each) >= 3)
  }
  FILTER NOT EXISTS { ?fact qb:dataSet ?document ; kemu:value ?amount . FILTER(?amount != 0) }
  FILTER NOT EXISTS { ?number kemu:inDocument ?document ; a kemu:UnboundNumber ; kemu:statedAs "amount" }
}

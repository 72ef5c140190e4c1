# Items of one frame (equal in all but the code) that the text tells and no table prints, or the other
# way round, each once; not those whose amount stands on the other side under another code. And by how
# much each list of such items in the text misses its total, beyond what rounding explains.
PREFIX kemu: <https://w3id.org/kemu/ontology#>

INSERT {
  ?fact kemu:absentFrom ?side .
  ?list kemu:listFrame ?missing ; kemu:gap ?gap ; kemu:bound ?bound .
}
WHERE {
  {
    {
      ?fact kemu:sentenceKey ?key ; kemu:itemFrame ?frame ; kemu:value ?stated .
      FILTER NOT EXISTS { ?cell kemu:tableKey ?key }
      FILTER NOT EXISTS { ?earlier kemu:sentenceKey ?key . FILTER(STR(?earlier) < STR(?fact)) }
      {
        SELECT DISTINCT ?frame WHERE { ?any kemu:itemFrame ?frame ; kemu:tableKey ?one }
      }
      OPTIONAL {
        SELECT ?frame ?stated (COUNT(?cell) AS ?twins) WHERE {
          ?cell kemu:itemFrame ?frame ; kemu:value ?stated ; kemu:tableKey ?any .
          FILTER NOT EXISTS { ?twin kemu:sentenceKey ?any }
        } GROUP BY ?frame ?stated HAVING(COUNT(*) > 0)
      }
      BIND("table" AS ?side)
    } UNION {
      ?fact kemu:tableKey ?key ; kemu:itemFrame ?frame ; kemu:value ?stated .
      FILTER NOT EXISTS { ?cell kemu:sentenceKey ?key }
      FILTER NOT EXISTS { ?earlier kemu:tableKey ?key . FILTER(STR(?earlier) < STR(?fact)) }
      {
        SELECT DISTINCT ?frame WHERE { ?any kemu:itemFrame ?frame ; kemu:sentenceKey ?one }
      }
      OPTIONAL {
        SELECT ?frame ?stated (COUNT(?cell) AS ?twins) WHERE {
          ?cell kemu:itemFrame ?frame ; kemu:value ?stated ; kemu:sentenceKey ?any .
          FILTER NOT EXISTS { ?twin kemu:tableKey ?any }
        } GROUP BY ?frame ?stated HAVING(COUNT(*) > 0)
      }
      BIND("sentence" AS ?side)
    }
    FILTER NOT EXISTS { ?blank kemu:blankKey ?key }
    FILTER(?stated != 0 && COALESCE(?twins != 1, true))
    MINUS { ?fact kemu:malformed true }
  } UNION {
    {
      SELECT ?missing ?equation (SUM(?w * ?v) AS ?sum) (SUM(?h) AS ?half) WHERE {
        ?part kemu:sentenceKey ?any ; kemu:itemFrame ?missing ; kemu:value ?v ; kemu:halfStep ?h .
        ?term kemu:fact ?part ; kemu:weight ?w .
        ?equation kemu:term ?term .
      } GROUP BY ?missing ?equation HAVING(COUNT(*) > 0)
    }
    ?equation kemu:total ?total .
    ?total kemu:value ?whole ; kemu:halfStep ?own .
    BIND(?whole - ?sum AS ?gap)
    BIND(?half + ?own AS ?bound)
    FILTER(ABS(?gap) > ?bound)
    BIND(IRI(CONCAT(STR(?equation), "/in/", REPLACE(STR(?missing), "^.*/", ""))) AS ?list)
  }
}

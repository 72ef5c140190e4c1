# Items of one frame (equal in all but the code) that the text tells and no table prints, or the other
# way round, each once; not those whose amount, as rounded, stands on the other side under one other
# code, nor those whose amount stands in the text among the numbers not understood. And by how much each
# list with such items in the text misses its total as a whole, beyond what rounding explains.
PREFIX kemu: <https://w3id.org/kemu/ontology#>

INSERT {
  ?fact kemu:absentFrom ?side .
  ?list kemu:listFrame ?missing ; kemu:heldTo ?relation ; kemu:gap ?gap ; kemu:bound ?bound .
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
        SELECT ?fact (COUNT(DISTINCT ?itsKey) AS ?twins) WHERE {
          ?fact kemu:itemFrame ?both ; kemu:sentenceKey ?mine ; kemu:value ?amount ; kemu:halfStep ?fine .
          FILTER NOT EXISTS { ?there kemu:tableKey ?mine }
          ?twin kemu:itemFrame ?both ; kemu:tableKey ?itsKey ; kemu:value ?same ; kemu:halfStep ?coarse .
          FILTER(ABS(?same - ?amount) < 2 * IF(?fine > ?coarse, ?fine, ?coarse))
          FILTER NOT EXISTS { ?told kemu:sentenceKey ?itsKey }
        } GROUP BY ?fact HAVING(COUNT(*) > 0)
      }
      BIND("table" AS ?side)
    } UNION {
      ?fact kemu:tableKey ?key ; kemu:itemFrame ?frame ; kemu:value ?stated .
      FILTER NOT EXISTS { ?cell kemu:sentenceKey ?key }
      FILTER NOT EXISTS { ?earlier kemu:tableKey ?key . FILTER(STR(?earlier) < STR(?fact)) }
      FILTER NOT EXISTS {
        ?open kemu:where "sentence" ; kemu:readsAs ?said ; kemu:readsHalfStep ?near .
        FILTER(ABS(?said - ?stated) <= ?near)
      }
      {
        SELECT DISTINCT ?frame WHERE { ?any kemu:itemFrame ?frame ; kemu:sentenceKey ?one }
      }
      OPTIONAL {
        SELECT ?fact (COUNT(DISTINCT ?itsKey) AS ?twins) WHERE {
          ?fact kemu:itemFrame ?both ; kemu:tableKey ?mine ; kemu:value ?amount ; kemu:halfStep ?fine .
          FILTER NOT EXISTS { ?there kemu:sentenceKey ?mine }
          ?twin kemu:itemFrame ?both ; kemu:sentenceKey ?itsKey ; kemu:value ?same ; kemu:halfStep ?coarse .
          FILTER(ABS(?same - ?amount) < 2 * IF(?fine > ?coarse, ?fine, ?coarse))
          FILTER NOT EXISTS { ?told kemu:tableKey ?itsKey }
        } GROUP BY ?fact HAVING(COUNT(*) > 0)
      }
      BIND("sentence" AS ?side)
    }
    FILTER NOT EXISTS { ?blank kemu:blankKey ?key }
    FILTER(?stated != 0 && COALESCE(?twins != 1, true))
    MINUS { ?fact kemu:malformed true }
  } UNION {
    {
      SELECT ?missing ?equation (SUM(?w * ?v) AS ?sum) (SUM(?h) AS ?half) WHERE {
        {
          SELECT DISTINCT ?missing ?equation WHERE {
            ?item kemu:sentenceKey ?itemKey ; kemu:itemFrame ?missing .
            ?some kemu:fact ?item .
            ?equation kemu:term ?some .
            FILTER NOT EXISTS { ?equation kemu:doubt ?doubt }
          }
        }
        ?equation kemu:term ?term .
        ?term kemu:fact ?part ; kemu:weight ?w .
        ?part kemu:value ?v ; kemu:halfStep ?h .
      } GROUP BY ?missing ?equation HAVING(COUNT(*) > 0)
    }
    ?equation kemu:total ?total ; kemu:relation ?relation .
    ?total kemu:value ?whole ; kemu:halfStep ?own .
    BIND(?whole - ?sum AS ?gap)
    BIND(?half + ?own AS ?bound)
    FILTER(ABS(?gap) > ?bound)
    BIND(IRI(CONCAT(STR(?equation), "/in/", REPLACE(STR(?missing), "^.*/", ""))) AS ?list)
  }
}

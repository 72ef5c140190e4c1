# How many items a list names in words, which of them have no amount in the economic table of its frame,
# and which of the table's, in the classes that the list touches, it does not name.
PREFIX kemu: <https://w3id.org/kemu/ontology#>
PREFIX skos: <http://www.w3.org/2004/02/skos/core#>

INSERT {
  ?list kemu:namesCount ?named ; kemu:filledCount ?filled ; kemu:namedBlank ?blank ;
    kemu:unnamed ?unnamed .
}
WHERE {
  {
    SELECT ?list (COUNT(?code) AS ?named) WHERE {
      ?list kemu:spanKind "nameList" ; kemu:namesCode ?code .
    } GROUP BY ?list HAVING(COUNT(*) > 0)
  }
  {
    SELECT ?list (COUNT(?cell) AS ?filled) WHERE {
      ?list kemu:spanKind "nameList" ; kemu:about/kemu:coversFrame ?frame .
      ?cell kemu:economicFrame ?frame ; kemu:tableKey ?any ; kemu:value ?amount .
      FILTER(?amount != 0)
    } GROUP BY ?list HAVING(COUNT(*) > 0)
  }
  OPTIONAL {
    SELECT ?list (GROUP_CONCAT(?name; separator="、") AS ?blank) WHERE {
      {
        SELECT ?list ?name WHERE {
          ?list kemu:spanKind "nameList" ; kemu:namesCode ?code ; kemu:about/kemu:coversFrame ?frame .
          ?code skos:prefLabel ?name .
          OPTIONAL {
            ?cell kemu:economicFrame ?frame ; kemu:deptEconomic ?code ; kemu:tableKey ?any ;
              kemu:value ?amount .
            FILTER(?amount != 0)
          }
          FILTER(!BOUND(?amount))
        } ORDER BY ?name
      }
    } GROUP BY ?list HAVING(COUNT(*) > 0)
  }
  OPTIONAL {
    SELECT ?list (GROUP_CONCAT(?name; separator="、") AS ?unnamed) WHERE {
      {
        SELECT DISTINCT ?list ?name WHERE {
          {
            SELECT DISTINCT ?list ?frame ?class WHERE {
              ?list kemu:spanKind "nameList" ; kemu:about/kemu:coversFrame ?frame ;
                kemu:namesCode/kemu:parentCode ?class .
            }
          }
          ?cell kemu:economicFrame ?frame ; kemu:tableKey ?any ; kemu:value ?amount ;
            kemu:deptEconomic ?code .
          FILTER(?amount != 0)
          ?code skos:prefLabel ?name ; kemu:parentCode ?class .
          FILTER NOT EXISTS { ?list kemu:namesCode ?code }
        } ORDER BY ?name
      }
    } GROUP BY ?list HAVING(COUNT(*) > 0)
  }
}

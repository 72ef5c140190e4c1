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
    SELECT ?list (GROUP_CONCAT(?nameTold; separator="、") AS ?blank) WHERE {
      {
        SELECT ?list ?nameTold WHERE {
          ?list kemu:spanKind "nameList" ; kemu:namesCode ?codeTold ; kemu:about/kemu:coversFrame ?frameTold .
          ?codeTold skos:prefLabel ?nameTold .
          OPTIONAL {
            ?cellTold kemu:economicFrame ?frameTold ; kemu:deptEconomic ?codeTold ; kemu:tableKey ?anyTold ;
              kemu:value ?amountTold .
            FILTER(?amountTold != 0)
          }
          FILTER(!BOUND(?amountTold))
        } ORDER BY ?nameTold
      }
    } GROUP BY ?list HAVING(COUNT(*) > 0)
  }
  OPTIONAL {
    SELECT ?list (GROUP_CONCAT(?nameShown; separator="、") AS ?unnamed) WHERE {
      {
        SELECT DISTINCT ?list ?nameShown WHERE {
          {
            SELECT DISTINCT ?list ?frameShown ?classShown WHERE {
              ?list kemu:spanKind "nameList" ; kemu:about/kemu:coversFrame ?frameShown ;
                kemu:namesCode/kemu:parentCode ?classShown .
            }
          }
          ?cellShown kemu:economicFrame ?frameShown ; kemu:tableKey ?anyShown ; kemu:value ?amountShown ;
            kemu:deptEconomic ?codeShown .
          FILTER(?amountShown != 0)
          ?codeShown skos:prefLabel ?nameShown ; kemu:parentCode ?classShown .
          FILTER NOT EXISTS { ?list kemu:namesCode ?codeShown }
          FILTER NOT EXISTS { ?list kemu:quote ?listed FILTER(REGEX(?listed, "等[^、，]{0,6}$")) }
        } ORDER BY ?nameShown
      }
    } GROUP BY ?list HAVING(COUNT(*) > 0)
  }
}

# Rates of growth: the change in hundredths of the amount compared with. Both amounts may be printed;
# or the base and the change; or the base follows from the amount and the change. Each way gives an
# interval, and the rate is as far off as from the nearest of them. Where rate and change state
# opposite directions, either word may be the right one, and the base follows in two ways.
PREFIX kemu: <https://w3id.org/kemu/ontology#>

INSERT {
  ?claim kemu:computed ?computed ; kemu:gap ?gap ; kemu:bound ?bound ; kemu:excess ?excess .
}
WHERE {
  ?claim a kemu:RateClaim ; kemu:stated ?printed ; kemu:statedHalfStep ?own ;
    kemu:printedUnit ?unit .
  FILTER(?unit = "%" || ?unit = "")
  BIND(ABS(?printed) AS ?stated)
  OPTIONAL { ?claim kemu:currentAmount ?current . ?current kemu:value ?c ; kemu:halfStep ?hc }
  OPTIONAL { ?claim kemu:baseAmount ?base . ?base kemu:value ?b ; kemu:halfStep ?hb }
  OPTIONAL {
    ?claim kemu:changeClaim ?change .
    ?change kemu:stated ?signed ; kemu:statedHalfStep ?hd .
    OPTIONAL { ?change kemu:direction ?way }
    BIND(ABS(?signed) AS ?d)
  }
  OPTIONAL { ?claim kemu:direction ?word }
  MINUS { ?claim kemu:currentAmount/kemu:malformed true }
  MINUS { ?claim kemu:baseAmount/kemu:malformed true }
  FILTER(!BOUND(?c) || ?c >= 0)
  FILTER(!BOUND(?b) || ?b - ?hb > 0)

  # Both amounts.
  BIND(100 * (?c - ?hc - ?b - ?hb) / (?b + ?hb) AS ?grown)
  BIND(100 * (?c + ?hc - ?b + ?hb) / (?b - ?hb) AS ?grownMost)
  BIND(IF(?grown >= 0, ?grown, IF(?grownMost <= 0, 0 - ?grownMost, 0)) AS ?amountsLow)
  BIND(IF(?grown >= 0 || ?grownMost > 0 - ?grown, ?grownMost, 0 - ?grown) AS ?amountsHigh)

  # The change and the base, printed or derived: the amount less an increase, or with a decrease.
  BIND(IF(?way = kemu:increase, 1, IF(?way = kemu:decrease, -1, ?unknown)) AS ?sign)
  BIND(IF(BOUND(?b), ?b, ?c - ?sign * ?d) AS ?from)
  BIND(IF(BOUND(?b), ?b - ?hb, ?c - ?hc - ?sign * (?d + ?hd)) AS ?fromLeast)
  BIND(IF(BOUND(?b), ?b + ?hb, ?c + ?hc - ?sign * (?d - ?hd)) AS ?fromMost)
  BIND(BOUND(?b) || COALESCE(?c - ?sign * ?d - ?hc - ?hd > 0, false) AS ?known)
  BIND(IF(?known, 100 * (?d - ?hd) / ?fromMost, ?unknown) AS ?changeLow)
  BIND(IF(?known, 100 * (?d + ?hd) / ?fromLeast, ?unknown) AS ?changeHigh)

  # The change, its direction being that of the rate.
  BIND(COALESCE(?known && !BOUND(?b) && ?word != ?way
    && (?word = kemu:increase || ?word = kemu:decrease) && ?c - ?hc + ?sign * (?d + ?hd) > 0, false)
    AS ?either)
  BIND(IF(?either, 100 * (?d - ?hd) / (?c + ?hc + ?sign * (?d - ?hd)), ?unknown) AS ?otherLow)
  BIND(IF(?either, 100 * (?d + ?hd) / (?c - ?hc + ?sign * (?d + ?hd)), ?unknown) AS ?otherHigh)

  BIND(IF(?amountsLow > ?stated, ?amountsLow - ?stated, ?stated - ?amountsHigh) AS ?byAmounts)
  BIND(IF(?changeLow > ?stated, ?changeLow - ?stated, ?stated - ?changeHigh) AS ?byChange)
  BIND(IF(?otherLow > ?stated, ?otherLow - ?stated, ?stated - ?otherHigh) AS ?byOther)
  BIND(COALESCE(IF(?byAmounts < ?byChange, ?byAmounts, ?byChange), ?byAmounts, ?byChange) AS ?near)
  BIND(IF(COALESCE(?byOther < ?near, false), ?byOther, ?near) - ?own AS ?excess)

  BIND(IF(BOUND(?byAmounts), 100 * IF(?c >= ?b, ?c - ?b, ?b - ?c) / ?b, 100 * ?d / ?from)
    AS ?computed)
  BIND(COALESCE(?amountsLow, ?changeLow) AS ?low)
  BIND(COALESCE(?amountsHigh, ?changeHigh) AS ?high)
  BIND(?stated - ?computed AS ?gap)
  BIND(?own + IF(?high - ?computed > ?computed - ?low, ?high - ?computed, ?computed - ?low)
    AS ?bound)
  FILTER(BOUND(?excess))
}

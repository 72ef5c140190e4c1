"""What both versions of the reconciliation service share: types, properties, values, previews."""

from __future__ import annotations

import json
import tomllib
from collections.abc import Iterable, Mapping
from functools import cache
from typing import Any

from fastapi import Request

from kemu.api.http import preferences
from kemu.assets import asset
from kemu.classification import SCHEMES, Concept, load
from kemu.classification.lookup.reconcile import Condition, Match, Quantifier, Query, reconcile
from kemu.classification.lookup.suggest import Suggestion, suggest
from kemu.errors import InputError, KemuError, NotFoundError

ANY = "code"
BATCH = 500
MOST_BATCH = 5000
LIMIT = 10
WIDTH, HEIGHT = 420, 240
Json = dict[str, Any]


@cache
def _words() -> Json:
    return tomllib.loads(asset("api", "reconcile.toml").read_text(encoding="utf-8"))


def said(name: str, lang: str) -> str:
    """Return some words of the service in a language."""
    return str(_words()["service"][name][lang])


def language(request: Request) -> str:
    """Return the language that the client prefers, Chinese if it does not say."""
    asked = ", ".join(request.headers.getlist("accept-language"))
    return preferences.language(asked, ("zh", "en"))


def root(request: Request) -> str:
    """Return the address of the server as the client sees it, without a slash at the end."""
    return str(request.base_url).rstrip("/") + str(request.scope.get("kemu.base", ""))


def types(lang: str) -> list[Json]:
    """Return the types: each classification, and codes of any."""
    broader = {"id": ANY, "name": _words()["types"][ANY]["name"][lang]}
    return [
        {"id": name, "name": about["name"][lang]} | ({} if name == ANY else {"broader": [broader]})
        for name, about in _words()["types"].items()
    ]


def properties(lang: str, purpose: str = "") -> list[Json]:
    """Return the properties, or those for a purpose: `match` or `extend`."""
    return [
        {"id": name, "name": about["name"][lang], "description": about["about"][lang]}
        for name, about in _words()["properties"].items()
        if not purpose or about.get(purpose)
    ]


def is_entity(name: str) -> bool:
    """Return whether the values of a property are codes themselves."""
    return bool(_words()["properties"].get(name, {}).get("entity"))


def type_of(concept: Concept, lang: str) -> list[Json]:
    """Return the types of a code, the narrow one first."""
    names = _words()["types"]
    return [{"id": one, "name": names[one]["name"][lang]} for one in (concept.scheme, ANY)]


def prefixed(items: Iterable[Json], prefix: str) -> list[Json]:
    """Return the items whose id or name begins with what was typed, or else holds it."""
    wanted = prefix.strip().lower()
    listed = list(items)
    first = [
        i for i in listed if i["id"].lower().startswith(wanted) or i["name"].startswith(prefix)
    ]
    rest = [i for i in listed if i not in first and wanted in i["name"].lower()]
    return first + rest


def _begins(item: Json, wanted: str) -> bool:
    return any(str(item[name]).lower().startswith(wanted) for name in ("id", "name"))


def entities(prefix: str, limit: int, offset: int) -> tuple[Suggestion, ...]:
    """Return the codes that a prefix may become."""
    return suggest(load(), prefix, limit=limit, offset=offset)


def schemes_of(name: object) -> tuple[str, ...]:
    """Return the classifications that a type, or a list of types, stands for.

    Raises:
        InputError: There is no such type.
    """
    if name is None or name == "" or name == []:
        return SCHEMES
    names = [_id(one) for one in (name if isinstance(name, list) else [name])]
    odd = [one for one in names if one not in _words()["types"]]
    if odd:
        raise InputError("E-RECONCILE-QUERY", f"没有类型“{str(odd[0])[:30]}”", "type")
    return SCHEMES if ANY in names else tuple(dict.fromkeys(names))


def _id(value: object) -> str:
    return str(value.get("id", "")) if isinstance(value, Mapping) else str(value)


def values_of(value: object) -> tuple[str, ...]:
    """Return the texts of a property value: a string, number, entity, or a list of these.

    An empty cell says nothing, and has no text.

    Raises:
        InputError: It is none of these.
    """
    if isinstance(value, list):
        return tuple(text for one in value for text in values_of(one))
    if isinstance(value, Mapping):
        value = str(value.get("id") or value.get("name") or "")
    if value is None or (isinstance(value, str) and not value.strip()):
        return ()
    if isinstance(value, str | int | float) and not isinstance(value, bool):
        return (str(value),)
    raise InputError("E-RECONCILE-QUERY", "属性值应为文字、数字或科目", "properties")


def limit_of(value: object) -> int:
    """Return how many candidates are wanted.

    Raises:
        InputError: It is no positive number.
    """
    if value is None:
        return LIMIT
    number = int(value) if isinstance(value, int | float) and not isinstance(value, bool) else 0
    if number < 1:
        raise InputError("E-RECONCILE-QUERY", "limit 应为正整数", "limit")
    return number


def candidates(query: Query, lang: str) -> list[Json]:
    """Return the candidates of a query as both versions of the protocol write them."""
    return [_candidate(match, lang) for match in reconcile(load(), query)]


def _candidate(match: Match, lang: str) -> Json:
    concept = match.concept
    above = load().path(concept.scheme, concept.parent) if concept.parent else ()
    path = " > ".join(c.name for c in above)
    return {
        "id": concept.notation,
        "name": match.name,
        "description": " · ".join(filter(None, (concept.level, path, match.reason))),
        "type": type_of(concept, lang),
        "score": match.score,
        "match": match.sure,
        "features": [
            {"id": name, "name": name, "value": value} for name, value in match.features.items()
        ],
    }


def failed(error: KemuError) -> str:
    """Return what is wrong with one query of a batch; the others are answered."""
    return f"{error.message} {error.advice}".strip()


def concept_of(identifier: str) -> Concept:
    """Return the code with an identifier.

    Raises:
        NotFoundError: There is none.
    """
    table = load()
    for scheme in table.domain(identifier):
        if concept := table.get(scheme, identifier):
            return concept
    raise NotFoundError("E-API-NO-CODE", f"没有科目 {identifier[:30]}")


def condition(
    name: str, value: object, quantifier: str = "any", required: bool = False
) -> Condition:
    """Return a condition of a query; a property that cannot be matched raises.

    Raises:
        InputError: There is no such property to match, or the value is none.
    """
    known = [one["id"] for one in properties("zh", "match")]
    if name not in known:
        words = "、".join(known)
        raise InputError("E-RECONCILE-QUERY", f"不能按属性“{name[:30]}”匹配，可以是 {words}", "pid")
    if quantifier not in set(Quantifier):
        raise InputError("E-RECONCILE-QUERY", "matchQuantifier 应为 any、all 或 none", "query")
    return Condition(name, values_of(value), Quantifier(quantifier), required)


def decoded(text: str | bytes, what: str) -> Any:
    """Return JSON.

    Raises:
        InputError: It is none.
    """
    try:
        return json.loads(text)
    except (ValueError, RecursionError):
        raise InputError("E-RECONCILE-QUERY", f"{what} 不是 JSON", what, "见规范的例子。") from None

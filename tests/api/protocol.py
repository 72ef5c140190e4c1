"""What the reconciliation protocol asks of answers, written as checks of our own."""

from __future__ import annotations

import re
from typing import Any


def text(value: object) -> None:
    assert isinstance(value, str)
    assert value


def types(values: object) -> None:
    assert isinstance(values, list)
    for one in values:
        text(one["id"])
        text(one["name"])
        for above in one.get("broader", []):
            text(above["id"])
    assert len({one["id"] for one in values}) == len(values)


def manifest_02(value: dict[str, Any]) -> None:
    assert "0.2" in value["versions"]
    for name in ("name", "identifierSpace", "schemaSpace"):
        text(value[name])
    types(value["defaultTypes"])
    for url in (value["view"]["url"], value["preview"]["url"]):
        assert "{{id}}" in url
        assert url.startswith("http")
    assert isinstance(value["preview"]["width"], int)
    assert isinstance(value["preview"]["height"], int)
    for kind in ("entity", "property", "type"):
        service = value["suggest"][kind]
        text(service["service_url"])
        text(service["service_path"])
        assert "${id}" in service["flyout_service_path"]
    text(value["extend"]["propose_properties"]["service_url"])
    for setting in value["extend"]["property_settings"]:
        assert setting["type"] in ("number", "text", "checkbox", "select")
        text(setting["name"])
        text(setting["label"])


def manifest_draft(value: dict[str, Any]) -> None:
    assert "1.0-draft" in value["versions"]
    text(value["name"])
    assert re.search(r"\{\+?id\}", value["view"]["url"])
    assert "{{" not in value["view"]["url"]
    assert not {"identifierSpace", "schemaSpace"} & value.keys()
    types(value["defaultTypes"])
    assert value["suggest"].keys() == {"entity", "property", "type"}
    assert all(isinstance(flag, bool) for flag in value["suggest"].values())
    assert set(value["preview"]) == {"width", "height"}
    assert isinstance(value["extend"]["proposeProperties"], bool)
    for setting in value["extend"]["propertySettings"]:
        text(setting["id"])
        text(setting["name"])
        assert setting["type"] in ("number", "text", "checkbox", "select")
    assert value["standardizedScore"] is True


def candidates(values: object) -> None:
    assert isinstance(values, list)
    scores = []
    for one in values:
        text(one["id"])
        text(one["name"])
        assert isinstance(one["match"], bool)
        assert 0 <= one["score"] <= 100
        scores.append(one["score"])
        assert all(isinstance(t, str) or t["id"] for t in one["type"])
        for feature in one["features"]:
            text(feature["id"])
            text(feature["name"])
            assert isinstance(feature["value"], bool | int | float)
    assert scores == sorted(scores, reverse=True)
    assert sum(one["match"] for one in values) <= 1


def results_02(value: dict[str, Any], keys: set[str]) -> None:
    assert value.keys() == keys
    for one in value.values():
        candidates(one["result"])


def results_draft(value: dict[str, Any], count: int) -> None:
    assert len(value["results"]) == count
    for one in value["results"]:
        candidates(one["candidates"])


def suggestions(value: dict[str, Any]) -> None:
    for one in value["result"]:
        text(one["id"])
        text(one["name"])
        for notable in one.get("notable", []):
            assert isinstance(notable, str) or notable["id"]


def values(found: object) -> None:
    assert isinstance(found, list)
    for one in found:
        kinds = set(one)
        assert kinds in ({"str"}, {"int"}, {"float"}, {"id", "name"}, set()), one
        if "int" in one:
            assert isinstance(one["int"], int)


def extension_02(value: dict[str, Any], ids: list[str], names: list[str]) -> None:
    assert [one["id"] for one in value["meta"]] == names
    assert list(value["rows"]) == ids
    for row in value["rows"].values():
        assert list(row) == names
        for found in row.values():
            values(found)


def extension_draft(value: dict[str, Any], ids: list[str], names: list[str]) -> None:
    assert [one["id"] for one in value["meta"]] == names
    assert [row["id"] for row in value["rows"]] == ids
    for row in value["rows"]:
        assert [one["id"] for one in row["properties"]] == names
        for one in row["properties"]:
            values(one["values"])

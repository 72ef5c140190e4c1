"""Shares and completions: a percent and the two amounts that it relates."""

from __future__ import annotations

from dataclasses import replace

from kemu.extract.prose.scene import Scene
from kemu.extract.words import sentences
from kemu.extract.words.labels import Label
from kemu.extract.words.numbers import Number
from kemu.extract.words.sentences import Role
from kemu.model.facts import Claim, Fact, Key
from kemu.model.language import OperandRole

_PERFORMANCE = ("performance", "overallPerformance")
"""Shares of these are of budgets, whatever the document reports on."""


def share(scene: Scene, number: Number, gap: str, role: Role) -> bool:
    """Take 占 … N%; return False where it is not told what is a part of what."""
    local = sentences.CLAUSE.split(gap)[-1]
    words = sentences.tail(local[: role.start]).strip("，,、（）")
    part = scene.state.focus
    if words and not scene.labels.idle(words):
        label = scene.labels.whole(words, scene.section.says | scene.lists.says())
        part = scene.named(label) if label is not None else None
    if part is None:
        return False
    claim = scene.claim("share", number, {"part": part.slug})
    scene.observed.claims.append(_with_whole(scene, claim, role.words, part))
    return True


def _with_whole(scene: Scene, claim: Claim, words: str, part: Fact) -> Claim:
    """Return a share with what it is of: the amount named, else the list's total.

    A whole that is named but not printed so far stays open for what the tables print.
    """
    total = scene.lists.total(part)
    if not words:
        if total is None:
            return claim
        claim = replace(claim, operands={**claim.operands, "whole": total.slug})
        return scene.lists.share(claim)
    label = scene.labels.whole(words, {})
    whole = _named_whole(scene, label, part, total)
    if whole is None:
        known = label and label.says and part.key.item not in _PERFORMANCE
        scene.observed.wanted[claim.slug] = (
            {"whole": scene.key(label.says)} if label and known else {}
        )
        return claim
    claim = replace(claim, operands={**claim.operands, "whole": whole.slug})
    return scene.lists.share(claim)


def _named_whole(scene: Scene, label: Label | None, part: Fact, total: Fact | None) -> Fact | None:
    if label is None:
        return None
    if not label.says:
        return total
    if total is not None and _is(label, total.key):
        return total
    for says in (label.says, {**scene.section.says, **label.says}):
        wanted = scene.key({**says, "year": part.key.year, "phase": part.key.phase})
        for flow in dict.fromkeys((wanted.flow, "both")):
            for item in dict.fromkeys((wanted.item, "grandTotal", "all")):
                if item != wanted.item and label.says.get("item", "grandTotal") != "grandTotal":
                    continue
                found = _latest(scene, replace(wanted, flow=flow, item=item))
                if found is not None and found is not part:
                    return found
    return None


def _latest(scene: Scene, key: Key) -> Fact | None:
    exact = scene.observed.latest(key)
    if exact is not None or key.flow != "revenue":
        return exact
    return scene.observed.latest(replace(key, carry="all"))


def _is(label: Label, key: Key) -> bool:
    """Tell whether a fact is what a label names, as far as the label tells."""
    return all(
        getattr(key, dimension) == member
        for dimension, member in label.says.items()
        if dimension not in ("phase", "flow") and (dimension, member) != ("item", "grandTotal")
    ) and label.says.get("flow", key.flow) in (key.flow, "both")


def completion(scene: Scene, number: Number, role: Role) -> bool:
    """Take 完成预算 N%; return False where no amount came before."""
    actual = scene.state.focus
    if actual is None:
        return False
    budget = scene.budget(actual.key, role.words or "预算")
    operands: dict[OperandRole, str] = {"actual": actual.slug}
    if budget is not None:
        operands["budget"] = budget.slug
    scene.observed.claims.append(scene.claim("completion", number, operands))
    return True

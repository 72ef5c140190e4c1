"""Comparisons with another year or stage: the base, the change and its rate."""

from __future__ import annotations

import re
from dataclasses import replace

from kemu.extract.prose.scene import Scene
from kemu.extract.words import sentences
from kemu.extract.words.numbers import Number
from kemu.extract.words.sentences import Role
from kemu.model.facts import Claim, Fact, Key
from kemu.model.language import ClaimKind, OperandRole


def base(scene: Scene, number: Number, local: str, role: Role) -> bool:
    """Take the amount that something is compared with; return False where it is not told what."""
    subject = scene.subject(sentences.tail(local[: role.start]))
    key = scene.base_key(role.words, subject.key) if subject is not None else None
    if subject is None or key is None or key == subject.key:
        return False
    fact = scene.fact(number, key, role.words)
    if fact is not None:
        scene.bases[subject.slug] = fact
        scene.state.compared = subject
        scene.state.base_words = role.words
    return True


def change(scene: Scene, number: Number, local: str, role: Role) -> bool:
    """Take 增加 N 万元 or 增长 N%; return False where it is not told what changed."""
    state = scene.state
    words, reference = _without_reference(local[: role.start], local)
    words = sentences.tail(words).strip()
    each = _next_of_each(scene, local, role)
    said_on = not words and reference is None and each is None
    again = (
        role.kind == "change" and state.last == "change" and said_on and state.change is not None
    )
    subject = scene.subject(words)
    if said_on and state.last == "base" and state.compared is not None:
        subject = state.compared
    if said_on and state.change is not None and state.last in ("change", "rate"):
        subject = _current(scene, state.change) or subject
    subject = each or subject
    if subject is None or (not words and _measured(scene, number)):
        return False
    if role.kind == "rate" and said_on and state.lost:
        return False
    compared = _compared(scene, subject, said_on)
    operands: dict[OperandRole, str] = {"current": subject.slug}
    kind: ClaimKind = "rate" if role.kind == "rate" or again else "change"
    claim = scene.claim(kind, number, operands, role.direction)
    same_base = _same_base(scene, subject.key, reference)
    if reference is not None:
        state.base_words = reference
        start = number.start - len(local) + local.rfind(reference)
        value = next(iter(re.findall(r"(?:19|20)\d\d", reference)), "")
        scene.span("comparisonBase", start, start + len(reference), value, claim.slug)
        named = scene.base_key(reference, subject.key)
        if compared is None or (named is not None and compared.key != named):
            compared = _printed(scene, claim, subject.key, named)
    if compared is not None:
        claim = replace(claim, operands={**operands, "base": compared.slug})
    claim = replace(claim, sole=_sole(scene, subject))
    if kind == "change":
        state.change = claim
    elif same_base and state.change and state.change.operands.get("current") == subject.slug:
        claim = replace(claim, change=state.change.slug)
    scene.observed.claims.append(claim)
    return True


def _compared(scene: Scene, subject: Fact, said_on: bool) -> Fact | None:
    """Return what an amount was compared with; what is told on after a change has its base."""
    found, change = scene.bases.get(subject.slug), scene.state.change
    if found is None or change is None or not said_on:
        return found
    other = change.operands.get("current") != subject.slug
    return found if other or change.operands.get("base") == found.slug else None


def _next_of_each(scene: Scene, local: str, role: Role) -> Fact | None:
    """Return what a change is about that 分别 gives to several amounts, one after another."""
    state = scene.state
    if local[: role.start].endswith("分别"):
        state.row = state.run if len(state.run) > 1 else state.row
        state.each, state.moved = list(state.row), role.direction
    return state.each.pop(0) if state.each else None


def _sole(scene: Scene, subject: Fact) -> bool:
    """Tell whether an amount is the only one that its sentence prints before a relation."""
    begins = len(scene.sentence)
    printed = [n for n in sentences.find(scene.sentence) if n.kind == "money"]
    start = subject.place.start or 0
    text = scene.paragraph.content.text
    return (
        len(printed) == 1
        and subject.place.paragraph == scene.paragraph.place.paragraph
        and text[start : subject.place.end] == scene.sentence[printed[0].start : printed[0].end]
        and text.find(scene.sentence) <= start < text.find(scene.sentence) + begins
    )


def _same_base(scene: Scene, key: Key, reference: str | None) -> bool:
    """Tell whether what a comparison names as its base is the base named before, if one was."""
    before = scene.state.base_words
    if reference is None or not before or reference == before:
        return True
    named = scene.base_key(reference, key)
    return named is not None and named == scene.base_key(before, key)


def bare_rate(scene: Scene, number: Number) -> bool:
    """Take N% right behind a change, the word before it missing; False where no change is near."""
    change = scene.state.change
    if change is None:
        return False
    claim = scene.claim("rate", number, change.operands, change.direction)
    scene.observed.claims.append(replace(claim, change=change.slug))
    return True


def told(scene: Scene, number: Number, local: str) -> bool:
    """Take a change that is told as a reason: of what exactly, the document does not print."""
    match = sentences.pattern("change", "before").search(local)
    match = match or sentences.pattern("change", "inverted").search(local)
    if match is None or number.kind != "money":
        return False
    direction = sentences.direction(match["direction"])
    scene.observed.claims.append(scene.claim("change", number, {}, direction))
    return True


def _printed(scene: Scene, claim: Claim, key: Key, named: Key | None) -> Fact | None:
    """Return the base that a comparison names, if it is printed; else note that it is wanted."""
    if named is None or named == key:
        return None
    found = scene.budget(key, "预算") if named.phase == "budget" else scene.observed.latest(named)
    if found is None:
        scene.observed.wanted.setdefault(claim.slug, {})["base"] = named
    return found


def _measured(scene: Scene, number: Number) -> bool:
    """Return whether the sentence measured something but money since the amount in focus."""
    start = number.start - len(scene.sentence)
    focus = scene.state.focus
    since = max(start, focus.place.end or 0) if focus is not None else start
    return (
        sentences.pattern("change", "measured").search(scene.sentence[since - start :]) is not None
    )


def _current(scene: Scene, claim: Claim) -> Fact | None:
    slug = claim.operands.get("current", "")
    return next((f for f in reversed(scene.observed.facts) if f.slug == slug), None)


def _without_reference(words: str, local: str) -> tuple[str, str | None]:
    """Return the words before a direction without the base they name, and that base."""
    found = sentences.reference(local)
    if found is None:
        return words, None
    base, start, end = found
    rest = words[end:]
    rest = re.sub(r"^数?(?:相比较?|比较|对比)?[，,]?", "", rest)
    return (words[:start] + " " + rest) if rest.strip() else words[:start], base

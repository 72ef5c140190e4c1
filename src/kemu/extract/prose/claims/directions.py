"""Words of direction without an amount: 与上年持平, 决算数大于预算数, 较上年增加的主要原因."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from kemu.extract.prose.scene import Scene
from kemu.extract.words import sentences
from kemu.extract.words.keys import about
from kemu.model.facts import Claim, Fact, Key
from kemu.model.language import Direction, OperandRole

_MOVED: Mapping[Direction, Direction] = {"increase": "greater", "decrease": "less"}
_ALL = re.compile(r"均|各|都")


def follow(scene: Scene, gap: str, offset: int) -> None:
    """Take the directions that the words between two numbers state.

    Args:
        scene: What is known here; its amounts are those before the gap.
        gap: The words.
        offset: Where they begin in the paragraph.
    """
    if scene.state.last == "base" and scene.state.compared is not None:
        match = sentences.pattern("flat", "continues").search(gap)
        if match:
            _continued(scene, match, offset)
    for start, part in _parts(gap):
        _part(scene, part, offset + start)


def _continued(scene: Scene, match: re.Match[str], offset: int) -> None:
    subject = scene.state.compared
    assert subject is not None
    base = scene.bases.get(subject.slug)
    word = offset + match.start("word")
    _claim(scene, word, match["word"], subject, None, base, None)
    scene.state.run = []


def _parts(gap: str) -> Iterator[tuple[int, str]]:
    """Yield the parts of a gap between full stops and semicolons, reasons cut off."""
    for match in re.finditer(r"[^。；！？]+[。；！？]?", gap):
        part = match.group()
        reason = sentences.pattern("reason", "regex").search(part)
        yield match.start(), part[: reason.start()] if reason else part


def _part(scene: Scene, part: str, offset: int) -> None:
    found = False
    for match in sentences.pattern("flat", "against").finditer(part):
        found = True
        words = match["later"] or sentences.tail(part[: match.start()])
        _flat(scene, match, words, match["base"], offset)
    for match in sentences.pattern("flat", "year_first").finditer(part):
        found = True
        _flat(scene, match, "", match["base"], offset)
    for match in sentences.pattern("flat", "exceeds").finditer(part):
        found = True
        _exceeds(scene, match, offset)
    for match in sentences.pattern("flat", "moved").finditer(part):
        if sentences.direction(match["word"]) not in _MOVED:
            continue
        found = True
        words = sentences.tail(part[: match.start()])
        _flat(scene, match, words, match["base"], offset)
    if found or not scene.state.base_words:
        return
    for match in sentences.pattern("flat", "bare").finditer(part):
        _flat(scene, match, sentences.tail(match["subject"]), scene.state.base_words, offset)


def _flat(scene: Scene, match: re.Match[str], words: str, base: str, offset: int) -> None:
    scene.state.base_words = base
    start = offset + match.start("word")
    groups = match.groupdict()
    value = next(iter(re.findall(r"(?:19|20)\d\d", match["base"])), "") if "base" in groups else ""
    if "base" in groups:
        begin, end = offset + match.start("base"), offset + match.end("base")
        scene.span("comparisonBase", begin, end, value, "direction")
    subjects, key = _subjects(scene, words.strip("“”的"), _ALL.search(match.group()) is not None)
    for subject in subjects:
        wanted = scene.base_key(base, subject.key)
        _claim(scene, start, match["word"], subject, None, scene.budget(subject.key, base), wanted)
    if not subjects and key is not None:
        _claim(scene, start, match["word"], None, key, None, scene.base_key(base, key))
    scene.state.run = []


def _subjects(scene: Scene, words: str, together: bool) -> tuple[list[Fact], Key | None]:
    """Return the amounts that words speak of, or the key of one that is not printed so far."""
    run = scene.state.run
    if not words or scene.labels.idle(words):
        phase = scene.context.lexicon.read(words).says.get("phase", "")
        staged = [fact for fact in run if fact.key.phase == phase]
        run = staged or run
        if len(run) > 1 and scene.lists.inside() and not together:
            return [], None
        focus = scene.state.focus or (scene.topic if not scene.state.opening else None)
        if focus is None and scene.state.opening:
            return _opening(scene)
        return run or ([focus] if focus is not None else []), None
    subject = scene.subject(words)
    if subject is not None:
        return [subject], None
    label = scene.labels.whole(words, scene.section.says)
    if label is None or not about(label.says):
        return [], None
    return [], scene.key(scene.says(label))


def _opening(scene: Scene) -> tuple[list[Fact], Key | None]:
    """Return the amount that the words which open the paragraph name."""
    key = scene.key(scene.section.says | scene.state.opening)
    found = scene.observed.latest(key)
    return ([found], None) if found is not None else ([], key)


def _exceeds(scene: Scene, match: re.Match[str], offset: int) -> None:
    subject = scene.subject(sentences.tail(match["subject"]))
    if subject is None:
        return
    key = scene.base_key(match["subject"][-3:], subject.key)
    final = scene.observed.latest(key) if key is not None else None
    subject = final or subject
    base = scene.bases.get(subject.slug) or scene.budget(subject.key, match["base"])
    start = offset + match.start("word")
    _claim(scene, start, match["word"], subject, None, base, None)


def _claim(
    scene: Scene,
    start: int,
    word: str,
    left: Fact | None,
    left_key: Key | None,
    right: Fact | None,
    right_key: Key | None,
) -> None:
    """Take one direction claim; operands not printed so far are remembered as wanted."""
    key = left.key if left is not None else left_key
    if right is None and right_key is not None and right_key != key:
        right = scene.observed.latest(right_key)
    place = scene.place(start, start + len(word))
    member = sentences.direction(word)
    slug = f"{place.slug}/direction"
    if left is not None and any(c.slug == slug for c in scene.observed.claims[-8:]):
        slug = f"{slug}-{left.place.start}"
    sides: dict[OperandRole, Fact | None] = {"left": left, "right": right}
    operands = {role: fact.slug for role, fact in sides.items() if fact is not None}
    if left is not None and right is left:
        del operands["right"]
    claim = Claim(
        slug=slug,
        kind="direction",
        place=place,
        quote=scene.quote(start - 24, start + len(word)),
        operands=operands,
        printed=word,
        direction=_MOVED.get(member, member),
    )
    scene.observed.claims.append(claim)
    keys: dict[OperandRole, Key | None] = {
        "left": left_key if left is None else None,
        "right": right_key,
    }
    wanted = {r: k for r, k in keys.items() if k is not None and r not in operands and k != key}
    if left is None and left_key is not None:
        wanted["left"] = left_key
    if wanted:
        scene.observed.wanted[slug] = wanted

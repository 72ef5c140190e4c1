"""Words that say nothing where a name belongs: what the amount measures is left open.

Left as they are, a part of a list would have the key of its whole, and a project whose name was not
understood that of its section.
"""

from __future__ import annotations

from kemu.extract.prose.scene import Scene
from kemu.extract.words.keys import about
from kemu.extract.words.labels import Label
from kemu.extract.words.numbering import numbering
from kemu.extract.words.numbers import Number
from kemu.extract.words.sentences import data
from kemu.model import figures
from kemu.model.facts import UNDETERMINED
from kemu.model.language import Dimension

_WHEN = {"year", "phase"}


def opened(
    scene: Scene, number: Number, label: Label, says: dict[Dimension, str]
) -> dict[Dimension, str]:
    """Return what is said of an amount, its item undetermined where its words hide a name."""
    hidden = (
        _is_part(scene, number, says) or _is_sum(scene, label, says) or _is_cut(scene, label, says)
    )
    if about(label.says) or not hidden:
        return says
    scene.lists.gap()
    return {**says, "item": UNDETERMINED}


def _is_part(scene: Scene, number: Number, says: dict[Dimension, str]) -> bool:
    """Tell whether an amount is said to be a part of its list's total, and not which.

    经费拨款 80 of 一般公共预算拨款收入 100: words that fit the whole as well.
    """
    total = scene.lists.within()
    if total is None or scene.key(says) != total.key:
        return False
    return number.value * figures.factors()[number.unit] != total.amount.value


def _is_sum(scene: Scene, label: Label, says: dict[Dimension, str]) -> bool:
    """Tell whether an amount is all of those told before: 货物10万元、服务15万元，合计25万元."""
    run = scene.state.run
    alike = len(run) > 1 and scene.key(says) == run[-1].key
    return alike and any(word in label.text for word in data()["sum"]["words"])


def _is_cut(scene: Scene, label: Label, says: dict[Dimension, str]) -> bool:
    """Tell whether the words before name something unknown: 甲工程，2025年预算45万元."""
    state = scene.state
    told = state.subject or state.opening or state.focus or scene.lists.inside()
    if told or "item" in says or not set(label.says) <= _WHEN:
        return False
    before = label.before
    if state.last:
        before = scene.sentence.removesuffix(label.text)
    elif not before and numbering(text := scene.paragraph.content.text):
        before = text[: text.find(label.text)].rstrip("。")
    return state.missed or not scene.labels.idle(before)

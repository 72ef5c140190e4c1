"""Words that say nothing where a name belongs: what the amount measures is left open.

Left as they are, a part of a list would have the key of its whole, and a project whose name was not
understood that of its section.
"""

from __future__ import annotations

from kemu.extract.prose.scene import Scene
from kemu.extract.words.keys import about
from kemu.extract.words.labels import Label
from kemu.extract.words.numbers import FACTORS, Number
from kemu.model.facts import UNDETERMINED

_WHEN = {"year", "phase"}


def opened(scene: Scene, number: Number, label: Label, says: dict[str, str]) -> dict[str, str]:
    """Return what is said of an amount, its item undetermined where its words hide a name."""
    if about(label.says) or not (_is_part(scene, number, says) or _is_cut(scene, label, says)):
        return says
    scene.lists.gap()
    return {**says, "item": UNDETERMINED}


def _is_part(scene: Scene, number: Number, says: dict[str, str]) -> bool:
    """Tell whether an amount is said to be a part of its list's total, and not which.

    经费拨款 80 of 一般公共预算拨款收入 100: words that fit the whole as well.
    """
    total = scene.lists.within()
    if total is None or scene.key(says) != total.key:
        return False
    return number.value * FACTORS[number.unit] != total.amount.value


def _is_cut(scene: Scene, label: Label, says: dict[str, str]) -> bool:
    """Tell whether the clause before names something unknown: 甲工程，2025年预算45万元."""
    state = scene.state
    told = state.subject or state.opening or state.focus or scene.lists.inside()
    if told or "item" in says or not set(label.says) <= _WHEN:
        return False
    return bool(label.before) and not scene.labels.idle(label.before)

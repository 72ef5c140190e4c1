"""Any layout is read right: every printed amount under its key, and nobody accused.

The layouts are drawn among those that the reader holds; benchmarks/layouts/unread.toml lists the
others, and shrinks. A layout that fails here shrinks towards the plainest.
"""

from __future__ import annotations

from hypothesis import HealthCheck, Phase, assume, given, note, settings
from hypothesis import strategies as st

from benchmarks.layouts import slips
from benchmarks.layouts.choices import Layout, options
from benchmarks.layouts.measure import score
from benchmarks.layouts.rendering import rendering
from benchmarks.layouts.unread import held

SEEDS = st.integers(0, 99)
FAST = ("html", "docx", "xlsx", "text tabs")


def drawn(examples: int) -> settings:
    """Return settings for so many documents, the same in every run."""
    return settings(
        max_examples=examples, deadline=None, derandomize=True, database=None,
        suppress_health_check=[HealthCheck.too_slow],
        phases=[Phase.explicit, Phase.generate, Phase.shrink],
    )  # fmt: skip


@st.composite
def layouts(draw: st.DrawFn, forms: tuple[str, ...] = FAST) -> Layout:
    """Draw a layout among those that the reader holds."""
    made: dict[str, str] = {}
    for name in options():
        listed = held(name, made)
        made[name] = draw(st.sampled_from([o for o in listed if name != "form" or o in forms]))
    return Layout.of(made)


def holds(seed: int, layout: Layout) -> None:
    """Assert that a document is read whole and that nothing in it is accused."""
    made = score(rendering(seed, layout))
    note(f"{seed} {layout.unusual()}")
    assert not [one.place for one in made.held.missing]
    assert not [(fact.quote, fact.key) for fact in made.held.wrong]
    assert not [finding.messages["zh"] for finding in made.violations]


@given(SEEDS, layouts())
@drawn(30)
def test_clean_documents(seed: int, layout: Layout) -> None:
    holds(seed, layout)


@given(SEEDS, layouts(("pdf ruled",)))
@drawn(5)
def test_clean_pages(seed: int, layout: Layout) -> None:
    holds(seed, layout)


@given(SEEDS, layouts(), st.sampled_from(slips.KINDS))
@drawn(20)
def test_dirty_documents(seed: int, layout: Layout, kind: str) -> None:
    """A violation rests on the number that was planted wrongly (of a dropped row, its total)."""
    twin = slips.plant(rendering(seed, layout), kind)
    assume(twin is not None)
    assert twin is not None
    made = score(twin[0])
    note(f"{seed} {layout.unusual()} {twin[1]}")
    assert twin[1].named(made.violations)

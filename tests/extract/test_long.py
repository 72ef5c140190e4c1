"""Work on a paragraph grows with its length, however it is punctuated."""

from __future__ import annotations

import pytest

from kemu.extract.words.labels import candidates

CLAUSE = "认真贯彻落实上级决策部署，加强档案资源建设和服务利用工作、"


@pytest.mark.parametrize("words", [CLAUSE, "办公费，", "（类）"])
def test_labels_tried_before_a_number_do_not_grow_with_the_clause(words: str) -> None:
    """Every start of a long clause was tried, and read to its end: its length to the third."""
    tried = [list(candidates(words * times)) for times in (200, 1000)]
    assert len(tried[0]) == len(tried[1])
    lengths = [sum(len(text) for _, text in found) for found in tried]
    assert lengths[0] == lengths[1]

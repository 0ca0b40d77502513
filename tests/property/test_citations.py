"""Whatever text it is given, the recogniser of citations answers, points at what is there, and sees through typing."""

from __future__ import annotations

import json
import re
import unicodedata
from itertools import pairwise
from pathlib import Path

from hypothesis import example, given
from hypothesis import strategies as st

from loa.citations import Mention, find_mentions
from loa.letterhead import find_own_number

VECTORS = Path(__file__).resolve().parent.parent / "vectors" / "citations.jsonl"
SENTENCES = [re.sub("[⟦⟧]", "", json.loads(line)["text"]) for line in VECTORS.read_text(encoding="utf-8").splitlines()]

# Words and signs of official prose, in any order.
PIECES = sorted({piece for sentence in SENTENCES for piece in re.findall(r"\w+|[^\w\s]|\s+", sentence)})
shuffled = st.lists(st.sampled_from(PIECES), max_size=40).map("".join)
texts = st.one_of(st.text(), st.sampled_from(SENTENCES), shuffled)


def words(mention: Mention) -> tuple[str | None, ...]:
    return mention.kind, mention.number, mention.date, mention.issuer


@given(texts)
def test_any_text_has_mentions_that_lie_in_it_in_order_and_apart(text: str) -> None:
    mentions = find_mentions(text)

    assert all(0 <= mention.start < mention.end <= len(text) for mention in mentions)
    assert all(one.end <= other.start for one, other in pairwise(mentions))


@given(texts)
def test_a_mention_points_at_the_words_it_was_made_of(text: str) -> None:
    for mention in find_mentions(text):
        verbatim = unicodedata.normalize("NFC", text[mention.start : mention.end])
        assert not verbatim[0].isspace()
        assert not verbatim[-1].isspace()
        assert mention.number in re.sub("[‐‑–]", "-", re.sub(r"\s", "", verbatim))


@given(texts)
@example("Công văn 558 ngày 15-2 của UBND tỉnh Kon Tum nêu rõ 3 nhóm nhiệm vụ.")
@example("Các quyết định số 1145, số 1146 ngày 9/5/2011 của huyện.")
def test_composed_and_decomposed_text_mention_the_same(text: str) -> None:
    composed, decomposed = unicodedata.normalize("NFC", text), unicodedata.normalize("NFD", text)
    ours, theirs = find_mentions(composed), find_mentions(decomposed)

    assert [words(mention) for mention in ours] == [words(mention) for mention in theirs]
    assert [composed[m.start : m.end] for m in ours] == [
        unicodedata.normalize("NFC", decomposed[m.start : m.end]) for m in theirs
    ]


@given(st.sampled_from(SENTENCES), st.sampled_from(["\u00a0", "  ", "\u202f", "\t", " \u00a0 "]))
def test_the_kind_of_blank_does_not_matter(sentence: str, blank: str) -> None:
    typed = re.sub(" ", blank, sentence)

    assert list(map(words, find_mentions(typed))) == list(map(words, find_mentions(sentence)))


@given(texts)
def test_any_text_may_have_a_number_of_its_own(text: str) -> None:
    own = find_own_number(text)

    assert own is None or text[own.start : own.end].startswith("Số")

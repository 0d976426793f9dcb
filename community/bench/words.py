"""Text out of a word list: meaningless, but spread as words in real text are, and the same at every run."""

from itertools import accumulate
from pathlib import Path
from random import Random

WORDS = Path(__file__).with_name("words.txt").read_text().split()
# Zipf's law: the n-th word of a language comes about 1/n as often as the first; +8 flattens the first few.
WEIGHTS = list(accumulate(1 / (rank + 8) for rank in range(len(WORDS))))
SEED = 2026


class Writer:
    """Writes titles and Markdown bodies; two writers with one seed write the same."""

    def __init__(self, seed: int = SEED) -> None:
        self.random = Random(seed)

    def words(self, count: int) -> list[str]:
        return self.random.choices(WORDS, cum_weights=WEIGHTS, k=count)

    def title(self, ending: str = "") -> str:
        """Return 4 to 11 words: 15 to 150 characters, as a question's title must be."""
        text = " ".join(self.words(self.random.randint(4, 11))).capitalize()
        return f"{text} {self.random.choice(WORDS)} again"[:140] + ending if len(text) < 15 else text[:140] + ending

    def sentence(self) -> str:
        return " ".join(self.words(self.random.randint(6, 18))).capitalize() + "."

    def paragraph(self) -> str:
        return " ".join(self.sentence() for _ in range(self.random.randint(1, 5)))

    def body(self) -> str:
        """Return 1 to 4 paragraphs of Markdown, some with a list, some with emphasis: 20 to about 2,000 characters."""
        parts = [self.paragraph() for _ in range(self.random.choice((1, 1, 2, 2, 3, 4)))]
        if self.random.random() < 0.1:
            parts.append("\n".join(f"- {self.sentence()}" for _ in range(self.random.randint(2, 4))))
        if self.random.random() < 0.1:
            parts.append(f"**{self.random.choice(WORDS)}** " + self.sentence())
        return "\n\n".join(parts)

"""Trains the models of staff/triage/weighing.py from labelled texts, and writes words.tsv: words and weights, no texts.

    python tests/bench/train_triage.py PATH [--held-out] [--to FILE]

PATH holds gzip JSON lines (airline_sentiment, reviews_womens_clothing, …; their README names them). Needs scikit-learn,
which nothing else here does: use a throwaway environment. --held-out keeps every fifth text back and measures on it.
"""

import argparse
import gzip
import json
import random
import re
import sys
from collections import Counter
from collections.abc import Iterator
from hashlib import md5
from math import sqrt
from pathlib import Path
from typing import Any, NamedTuple

sys.path[0] = str(Path(__file__).parents[2])  # in place of this folder, whose queue.py would hide Python's own

from scipy.sparse import csr_matrix  # type: ignore[import-untyped]  # noqa: E402
from sklearn.linear_model import LogisticRegression  # type: ignore[import-not-found]  # noqa: E402
from sklearn.metrics import f1_score, roc_auc_score  # type: ignore[import-not-found]  # noqa: E402

from staff.triage.features import features  # noqa: E402 - the one way in which a text is taken apart

HERE = Path(__file__).parent
FILE = HERE.parents[1] / "staff/triage/words.tsv"
MODELS = {  # how many words, how freely weighted, how often a word must be seen
    "complaint": (2600, 6.0, 4),
    "praise": (2200, 6.0, 4),
    "request": (2600, 4.0, 4),
    "comparison": (1300, 4.0, 4),
    "buying": (600, 2.5, 4),
}
LEAST_WORDS = 4
SEEDS = {  # what a line of triage_seeds.txt says about each model; a letter missing says nothing
    "C": {"complaint": 1, "praise": 0, "buying": 0},
    "S": {"complaint": 1, "praise": 0, "buying": 0},
    "M": {"complaint": 1, "praise": 0, "request": 1, "buying": 0},
    "P": {"complaint": 0, "praise": 1, "request": 0, "buying": 0, "comparison": 0},
    "Q": {"complaint": 0, "praise": 0, "request": 1, "buying": 0},
    "B": {"complaint": 0, "praise": 0, "request": 1, "buying": 1},
    "N": {"complaint": 0, "praise": 0, "request": 0, "buying": 0, "comparison": 0},
}


class Example(NamedTuple):
    model: str
    text: str
    is_so: bool
    weight: float
    source: str


class Data:
    def __init__(self, path: Path) -> None:
        self.path = path
        self.random = random.Random(0)

    def rows(self, name: str) -> list[dict[str, Any]]:
        with gzip.open(self.path / f"{name}.jsonl.gz", "rt") as lines:
            return [json.loads(line) for line in lines]

    def shuffled(self, name: str, count: int) -> list[dict[str, Any]]:
        rows = self.rows(name)
        self.random.shuffle(rows)
        return rows[:count]

    def examples(self) -> Iterator[Example]:
        for read in (self.tweets, self.reviews, self.rated, self.questions, self.comparisons, self.purchases, self.own):
            yield from read()

    def tweets(self) -> Iterator[Example]:
        for row in self.rows("airline_sentiment"):
            text, label, asks = row["text"], row["label"], "?" in row["text"]
            yield Example("complaint", text, label == "negative", 1, "airline")
            yield Example("praise", text, label == "positive", 1, "airline")
            if asks == (label == "neutral"):
                yield Example("request", text, asks, 1 if label != "negative" else 0.15, "airline")
            elif label == "neutral":
                yield Example("request", text, False, 0.3, "airline")
        for row in self.shuffled("airline_sentiment", 1500):
            yield Example("buying", row["text"], False, 0.4, "airline")
            yield Example("comparison", row["text"], False, 0.3, "airline")

    def reviews(self) -> Iterator[Example]:
        for row in self.shuffled("reviews_womens_clothing", 7000):
            text, stars = f"{row['title'] or ''}\n{row['text']}".strip(), row["rating"]
            if stars > 3 and self.random.random() < 0.5:
                continue
            yield Example("complaint", text, stars < 3, 0.2 if stars == 3 else 1, "reviews")
            yield Example("praise", text, stars > 3, 0.4 if stars == 3 else 1, "reviews")
        for row in self.shuffled("reviews_womens_clothing", 2500):
            for model, weight in (("request", 0.6), ("comparison", 0.4), ("buying", 0.2)):
                yield Example(model, _opening(f"{row['title'] or ''}\n{row['text']}"), False, weight, "reviews")
        for row in self.rows("reviews_drugscom"):
            if row["label"] in ("positive", "negative"):
                yield Example("complaint", row["text"], row["label"] == "negative", 0.5, "drugs")
                yield Example("praise", row["text"], row["label"] == "positive", 0.5, "drugs")

    def rated(self) -> Iterator[Example]:
        for row in self.rows("sentiment_human_rated"):
            text, mean = row["text"], row["mean"]
            if not -0.6 < mean < -0.1:
                yield Example("complaint", text, mean <= -0.6, 1, "rated")
            if not 0.3 < mean < 0.8:
                yield Example("praise", text, mean >= 0.8, 1, "rated")
            if "?" not in text:
                yield Example("request", text, False, 0.4, "rated")

    def questions(self) -> Iterator[Example]:
        for row in self.shuffled("intents_banking77", 2500):
            yield Example("request", row["text"], True, 0.7, "banking")
            yield Example("praise", row["text"], False, 0.2, "banking")
        for row in self.shuffled("product_qa_appliances", 2500):
            yield Example("request", row["question"], True, 0.7, "products")
            yield Example("request", _opening(row["answer"]), False, 0.15, "products")
            yield Example("complaint", row["question"], False, 0.2, "products")
            yield Example("praise", row["question"], False, 0.2, "products")
        for row in self.rows("spam_youtube_comments"):
            if str(row["label"]) == "0":
                yield Example("request", row["text"], False, 0.6, "videos")
                yield Example("complaint", row["text"], False, 0.3, "videos")

    def comparisons(self) -> Iterator[Example]:
        for row in self.rows("comparative_sentences"):
            yield Example("comparison", row["text"], row["label"] != "NONE", 1, "comparisons")
            yield Example("complaint", row["text"], False, 0.1, "comparisons")
            if "?" not in row["text"]:
                yield Example("request", row["text"], False, 0.2, "comparisons")
            yield Example("buying", row["text"], False, 0.05, "comparisons")

    def purchases(self) -> Iterator[Example]:
        """All are about one telephone; its name must not become a word for buying."""
        for row in self.rows("purchase_intent_tweets"):
            text = re.sub(r"(?i)i ?phone ?x?(?= |$)", "it", row["text"])
            yield Example("buying", text, row["label"] == 1, 1, "purchases")

    def own(self) -> Iterator[Example]:
        """Lines of our own, and a colleague's judgement of some of the tweets: does this need a reply?"""
        for line in (HERE / "triage_seeds.txt").read_text().splitlines():
            if line[:2].strip() in SEEDS:
                for model, is_so in SEEDS[line[0]].items():
                    yield Example(model, line[2:], bool(is_so), 6, "seeds")
        judged = json.loads((HERE / "triage_judged.json").read_text())
        for name, needs in judged.items():
            for row in self.rows(name):
                if str(row["id"]) in needs:
                    is_needed = bool(needs[str(row["id"])])
                    yield Example("request", row["text"], is_needed, 4, "judged")
                    if not is_needed:
                        yield Example("complaint", row["text"], False, 3, "judged")


def _opening(text: str) -> str:
    return " ".join(re.split(r"(?<=[.!?])\s+", text)[:2])


def is_held_out(text: str) -> bool:
    return int(md5(text.encode(), usedforsecurity=False).hexdigest(), 16) % 5 == 0


class Trained(NamedTuple):
    start: float
    weights: dict[str, float]


def train(model: str, examples: list[Example], measure: bool) -> Trained:
    count, freedom, least = MODELS[model]
    found = [sorted({feature.name for feature in features(example.text)}) for example in examples]
    taught = [i for i, example in enumerate(examples) if not (measure and is_held_out(example.text))]
    seen = Counter(name for i in taught for name in found[i])
    names = [name for name, times in seen.items() if times >= least and not name.startswith("<name> <")]
    first = _fit(names, found, examples, taught, freedom)
    heavy = sorted(names, key=lambda name: -abs(first.weights[name]) * sqrt(min(seen[name], 60)))[:count]
    trained = _fit(heavy, found, examples, taught, freedom)
    if measure:
        _report(model, trained, found, examples)
    return trained


def _fit(names: list[str], found: list[list[str]], examples: list[Example], taught: list[int], c: float) -> Trained:
    place = {name: column for column, name in enumerate(names)}
    cells = [
        (row, place[name], 1 / sqrt(max(LEAST_WORDS, len(found[i]))))
        for row, i in enumerate(taught)
        for name in found[i]
        if name in place
    ]
    rows, columns, values = zip(*cells, strict=True)
    matrix = csr_matrix((values, (rows, columns)), shape=(len(taught), len(names)))
    fitted = LogisticRegression(C=c, max_iter=400).fit(
        matrix, [examples[i].is_so for i in taught], sample_weight=[examples[i].weight for i in taught]
    )
    return Trained(float(fitted.intercept_[0]), dict(zip(names, map(float, fitted.coef_[0]), strict=True)))


def _report(model: str, trained: Trained, found: list[list[str]], examples: list[Example]) -> None:
    for source in dict.fromkeys(example.source for example in examples):
        held = [i for i, e in enumerate(examples) if e.source == source and is_held_out(e.text)]
        truth = [examples[i].is_so for i in held]
        values = [
            trained.start + sum(trained.weights.get(n, 0) for n in found[i]) / sqrt(max(LEAST_WORDS, len(found[i])))
            for i in held
        ]
        if len(set(truth)) == 2:
            area, f1 = roc_auc_score(truth, values), f1_score(truth, [value > 0 for value in values])
            print(f"{model:11} {source:12} {len(held):5} texts  AUC {area:.3f}  F1 {f1:.3f}")


def write(models: dict[str, Trained], file: Path) -> None:
    lines = ["\t".join(["<start>", *(str(round(model.start * 100)) for model in models.values())])]
    for name in sorted(set().union(*(model.weights for model in models.values()))):
        numbers = [round(model.weights.get(name, 0) * 100) for model in models.values()]
        if any(abs(number) >= 8 for number in numbers):
            lines.append("\t".join([name, *(str(number or "") for number in numbers)]))
    file.write_text("\n".join(lines) + "\n", encoding="utf-8")
    print(f"{file.name}: {len(lines)} words, {file.stat().st_size} bytes")


def main() -> None:
    arguments = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    arguments.add_argument("path", type=Path)
    arguments.add_argument("--held-out", action="store_true")
    arguments.add_argument("--to", type=Path, default=FILE)
    given = arguments.parse_args()
    examples = list(Data(given.path).examples())
    of = {model: [example for example in examples if example.model == model] for model in MODELS}
    write({model: train(model, of[model], given.held_out) for model in MODELS}, given.to)


if __name__ == "__main__":
    main()

"""How well search finds, on labelled texts, through the product's own functions, index and database.

    python -m tests.bench.search_quality FILE…        (or by its path; files are JSON lines, gzipped or not)

A file's shape is told by its fields. Each is loaded into a database and an index of its own, which are deleted again.

threads   {"title", "posts": [{"text"}, …]}: topics of a forum. All posts of a topic are one thread without a title;
          its title is searched for. success@5: is the topic among the first five results? MRR: 1 / its place.
similar   {"subject", "body", "candidates": [{"subject", "body", "comments": [{"text"}], "relevance"}]}: a new question
          and older ones. All candidates are threads of one community (comments are their answers), and each
          question's are put in order by how alike they are (`community.search.alike`). Everything but “Irrelevant” is
          relevant. MAP over the questions that have a relevant candidate; the order in the file is not used.
intents   {"text", "category"}: short questions. Each is searched for among all others. success@5: is one of the same
          category among the first five results?

Figures are given for the whole and for two halves (rows of even and odd number): what was chosen by looking at one half
should hold on the other. Milliseconds are those of one search, the median.
"""

import argparse
import os
import sys
import tempfile
from importlib import import_module
from pathlib import Path
from statistics import fmean, median

import django
from django.core.management import call_command

if __package__ in (None, ""):  # run by its path
    sys.path.insert(0, str(Path(__file__).resolve().parents[2]))


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("paths", nargs="+", type=Path, metavar="FILE")
    paths = parser.parse_args().paths
    with tempfile.TemporaryDirectory() as folder:
        os.environ |= {"VAR_DIR": folder, "DJANGO_SETTINGS_MODULE": "community.settings"}
        os.environ |= {"DATABASE_URL": f"sqlite:///{folder}/quality.sqlite3"}
        django.setup()
        call_command("migrate", verbosity=0)
        measures = import_module("tests.bench.search_measures")
        for path in paths:
            report(path.name, measures.measure(measures.read(path)))


def report(name: str, scores: list) -> None:
    print(f"{name}: {len(scores)} rows, {1000 * median(score.seconds for score in scores):.1f} ms")
    for figure in scores[0].figures:
        whole, even, odd = (fmean(one.figures[figure] for one in part) for part in (scores, scores[::2], scores[1::2]))
        print(f"  {figure:10} {whole:.3f}   halves {even:.3f} {odd:.3f}")


if __name__ == "__main__":
    main()

"""Under which name a review appears."""

import pytest

from reviews.names import NameShown, name_samples, shown_name


@pytest.mark.parametrize(
    ("display_name", "choice", "shown"),
    [
        ("Mara Lind", "full", "Mara Lind"),
        ("Mara Lind", "first", "Mara L."),
        ("Mara Lind", "initials", "M. L."),
        ("Mara Lind", "anonymous", "A customer"),
        ("Mara Sofie Lind", "first", "Mara L."),
        ("Mara Sofie Lind", "initials", "M. L."),
        ("Mara", "first", "Mara"),
        ("Mara", "initials", "M."),
        ("", "full", "mara_lind88"),
        ("", "first", "M. L."),
        ("", "initials", "M. L."),
        ("  ", "anonymous", "A customer"),
        ("mara_lind88", "first", "M. L."),
        ("Åsa Öberg", "first", "Åsa Ö."),
    ],
)
def test_a_name_is_shown_as_its_owner_chose(display_name: str, choice: str, shown: str) -> None:
    assert shown_name(display_name, "mara_lind88", choice) == shown


def test_every_choice_comes_with_a_sample() -> None:
    samples = dict(name_samples("Mara Lind", "mara"))
    assert samples == {"full": "Mara Lind", "first": "Mara L.", "initials": "M. L.", "anonymous": "A customer"}
    assert list(samples) == NameShown.values

"""The pictures: each of its own, of one size, and small."""

import pytest

from community.demo.drawing.catalogue import DRAWINGS, picture_of
from community.demo.drawing.pen import FINISHED, box, darker, lighter, mixed, oval, path, whole
from community.demo.drawing.photos import photo
from community.products.pictures import encoded


@pytest.mark.parametrize("slug", ["drover-wool-sweater", "ridgeback-2-tent"])
def test_a_product_is_drawn_alike_every_time_and_small(slug: str) -> None:
    first = picture_of(slug)
    assert first.size == FINISHED
    assert first.tobytes() == picture_of(slug).tobytes()
    assert 4_000 < len(encoded(first)) < 60_000


def test_no_two_products_share_a_drawing() -> None:
    assert len({draw for draw, _ in DRAWINGS.values()}) == len(DRAWINGS)


@pytest.mark.parametrize("name", ["cat-bed", "jeans-on-table"])
def test_a_photo_has_the_size_of_the_pictures(name: str) -> None:
    assert photo(name).size == FINISHED


def test_a_path_goes_through_its_corners_and_ends_where_its_curve_ends() -> None:
    assert path("M0,0 L10,5") == [(0, 0), (10, 5)]
    curve = path("M0,0 C0,10 10,10 10,0")
    assert curve[-1] == pytest.approx((10, 0))
    assert max(y for _, y in curve) == pytest.approx(7.5)


def test_a_whole_shape_is_symmetric() -> None:
    points = whole("M0,0 L30,10 L20,40 L0,50")
    assert {(-x, y) for x, y in points} == set(points)


def test_an_oval_and_a_box_keep_within_their_measures() -> None:
    for shape in (oval(5, 6, 20, 10), box(-15, -4, 40, 20, 4)):
        xs, ys = zip(*shape, strict=True)
        assert (min(xs), max(xs), min(ys), max(ys)) == pytest.approx((-15, 25, -4, 16))


def test_colours_mix_by_share() -> None:
    assert mixed("#000000", "#ffffff", 0.5) == "#808080"
    assert darker("#808080") < "#808080" < lighter("#808080")

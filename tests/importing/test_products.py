"""Products come from the shop's tables by SKU; their addresses here are for good."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from community.importing.rows.products import is_gtin
from community.products.models import OutsideName, Product, ProductCategory
from community.search.indexing import compare
from tests.importing.tables import BringTable, bring_table, codes, counts, jumper

__all__ = ["bring_table", "jumper"]
HEAD = "sku,name,category,description,gtin,mpn,shop_url,shop_id,discontinued\n"
ROW = "FJ-02,Fell jumper,Jumpers,Heavy wool.,4006381333931,W-7,https://shop.example.com/fj,702,\n"
WOO = (
    'ID,Type,SKU,Name,Published,"Short description",Description,Categories,Parent,Images\n'
    '44,variable,TEE,"V-Neck T-Shirt",1,Short.,"<p>Soft &amp; light.</p><p>Cotton.</p>",'
    '"Clothing > Tshirts, Sale",,https://shop.example.com/a.jpg\n'
    '45,simple,MUG,Mug,0,,,Kitchen,,\n'
    '76,variation,TEE-RED,"V-Neck T-Shirt - Red",1,,,,TEE,\n'
    '77,variation,TEE-BLUE,"V-Neck T-Shirt - Blue",1,,,,id:44,\n'
    '78,variation,CAP-RED,Cap - Red,1,,,,CAP,\n'
)  # fmt: skip


def test_a_row_becomes_a_product_on_its_shelf(bring_table: BringTable, jumper: Product) -> None:
    run = bring_table(HEAD + ROW, subject="products")
    product = Product.objects.get(sku="FJ-02")
    assert counts(run) == (1, 0, 0, 0) and product.category == jumper.category
    assert product.slug == "fell-jumper-2" and product.description == "Heavy wool."
    assert (product.gtin, product.mpn, product.shop_url) == ("4006381333931", "W-7", "https://shop.example.com/fj")
    assert list(product.outside_names.values_list("name", flat=True)) == ["702"]


def test_a_second_time_adds_nothing_and_news_change_the_product_but_not_its_address(bring_table: BringTable) -> None:
    bring_table(HEAD + ROW, subject="products")
    assert counts(bring_table(HEAD + ROW, subject="products")) == (0, 0, 1, 0)
    run = bring_table("sku,name,discontinued\nFJ-02,Moor jumper,yes\n", subject="products")
    product = Product.objects.get()
    assert counts(run) == (0, 1, 0, 0)
    assert (product.name, product.slug, product.is_discontinued) == ("Moor jumper", "fell-jumper", True)
    assert product.gtin and product.description, "what a file does not say stays"


def test_a_new_shelf_is_made_once_and_without_one_it_is_other(bring_table: BringTable) -> None:
    table = HEAD + ROW + ROW.replace("FJ-02", "B").replace("Jumpers", "jumpers") + "C,Cap,,,,,,,\n"
    run = bring_table(table, subject="products")
    assert sorted(ProductCategory.objects.values_list("name", flat=True)) == ["Jumpers", "Other"]
    assert run.counts["categories"] == 2


def test_what_is_odd_in_a_product_is_left_out_or_refused(bring_table: BringTable) -> None:
    run = bring_table(
        HEAD + "A,Cap,,,4006381333932,,javascript:alert(1),,\n" + ",Cap,,,,,,,\n" + "B,,,,,,,,\n"
        f"{'9' * 65},Cap,,,,,,,\n" + f"C,{'x' * 121},,,,,,,\n" + f"D,Cap,,{'x' * 5001},,,,,\n" + "A,Cap,,,,,,,\n",
        subject="products",
    )
    assert codes(run) == [
        (2, "bad_gtin"), (2, "bad_url"), (3, "no_sku"), (4, "no_name"), (5, "long_sku"), (6, "long_name"),
        (7, "cut_description"), (8, "duplicate"),
    ]  # fmt: skip
    assert Product.objects.get(sku="A").gtin == "" and len(Product.objects.get(sku="D").description) <= 5000


def test_woocommerce_products_keep_their_numbers_and_variants_are_names(bring_table: BringTable) -> None:
    run = bring_table(WOO, subject="products")
    tee = Product.objects.get()
    assert run.file_format == "WooCommerce products" and counts(run) == (3, 0, 0, 1)
    assert codes(run) == [(3, "not_published"), (6, "no_parent")]
    assert (tee.name, tee.slug, tee.category.name) == ("V-Neck T-Shirt", "v-neck-t-shirt", "Tshirts")
    assert tee.description == "Soft & light.\nCotton." and not tee.image
    assert set(OutsideName.objects.values_list("name", flat=True)) == {"44", "76", "77", "TEE-RED", "TEE-BLUE"}
    assert counts(bring_table(WOO, subject="products")) == (0, 0, 3, 1)


def test_imported_products_are_found_by_search(bring_table: BringTable) -> None:
    bring_table(HEAD + ROW, subject="products")
    assert compare().count == 0


def test_three_rows_cost_as_many_queries_as_sixty(bring_table: BringTable) -> None:
    def queries(rows: range) -> int:
        table = "sku,name,category\n" + "".join(f"S{n},Cap {n},Caps\n" for n in rows)
        with CaptureQueriesContext(connection) as captured:
            bring_table(table, subject="products")
        return len(captured)

    queries(range(2))
    assert queries(range(100, 103)) == queries(range(200, 260))


@pytest.mark.parametrize(
    ("text", "is_one"),
    [("4006381333931", True), ("4006381333930", False), ("96385074", True), ("036000291452", True), ("12345", False)],
)
def test_the_last_digit_of_a_gtin_proves_the_others(text: str, is_one: bool) -> None:
    assert is_gtin(text) is is_one

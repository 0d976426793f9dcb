"""Small tables of each review app, as they export them, with everything that is left out or refused in them."""

# ruff: noqa: E501 - lines as they stand in files

import csv
import io

JUDGE_ME = (
    "title,body,rating,review_date,source,curated,reviewer_name,reviewer_email,product_id,product_handle,reply,"
    "reply_date,picture_urls,ip_address,location\n"
)
WORDS = 'Warm, and "light".\nTwo winters old by now.'


def judge_me(
    *,
    title: str = "Warm",
    body: str = WORDS,
    rating: str = "5",
    date: str = "2023-09-21 14:00:00 UTC",
    curated: str = "ok",
    name: str = "Aïcha Tanaka",
    email: str = "aicha@example.com",
    handle: str = "fell-jumper",
    reply: str = "",
    photos: str = "",
) -> str:
    """One line of it."""
    cells = [title, body, rating, date, "web", curated, name, email, "7000000880", handle, reply, "", photos, "", ""]
    line = io.StringIO()
    csv.writer(line, lineterminator="\n").writerow(cells)
    return line.getvalue()


SHOPIFY = """product_handle,state,rating,title,author,email,location,body,reply,created_at,replied_at
fell-jumper,published,2,Too big,Aïcha T.,aicha@example.com,,The tee was way too big for me.,Thank you.,2023-09-21T14:00:00-04:00,
fell-jumper,unpublished,5,Good,Bo R.,bo@example.com,,Nothing to say against this one.,,2023-09-22T14:00:00-04:00,
fell-jumper,spam,1,Buy this,Spam,spam@example.com,,Buy something else at my place.,,2023-09-22T14:00:00-04:00,
"""
LOOX = """\ufeffid,status,rating,email,nickname,full_name,review,date,productId,handle,img,variant,verified_purchase
1,Active,2,aicha@example.com,Aïcha,Aïcha Tanaka,"Loved it; however, it was way too big.",2023-09-21T14:00:00.000Z,70,fell-jumper,https://cdn.example/a.jpg,Knits,true
2,Hidden,5,bo@example.com,Bo,Bo Rossi,Hidden by somebody there.,2023-09-22T14:00:00.000Z,70,fell-jumper,,Knits,false
3,Active,4,cleo@example.com,Cleo,Cleo Lind,Fits well and stays warm.,2023-09-23T14:00:00.000Z,70,fell-jumper,,Knits,false
"""
YOTPO = """Review Title;Review Content;Review Score;Date;Product ID;Product Title;Product URL;Display Name;Email;Verified Purchase
Great patterns;"Loved the brushstroke; simple, too.";2;21/09/2023;880;Knits;https://shop.example/products/fell-jumper?variant=1;Aïcha Tanaka;aicha@example.com;No
;Nothing to say against it, it is warm.;5;15/11/2023;880;Knits;https://shop.example/products/fell-jumper;Bo Rossi;bo@example.com;Yes
"""
OKENDO = """Review ID,Product ID,Product Name,Rating,Title,Body,Reviewer Name,Is Verified Buyer,Date Created,Status
r1,gid://shopify/Product/AT-100,Knits,2,Great patterns,Loved the brushstroke design of it.,Aïcha,TRUE,2023-09-21,approved
r2,gid://shopify/Product/AT-100,Knits,5,Awesome,This shirt was very cute.,Jürgen,FALSE,2023-11-15,approved
r3,gid://shopify/Product/AT-100,Knits,1,No,Not what I had wished for.,Cleo,FALSE,2023-11-16,rejected
"""
OKENDO_DOCUMENTED = """name,body,rating,dateCreated,sku,email,title,imageUrls
Bo,Warm and light and good.,4,2023-09-21T10:00:00Z,AT-100,bo@example.com,Good,https://cdn.example/a.jpg;javascript:alert(1)
"""
WOO = """id,date_created,product_id,status,reviewer,reviewer_email,review,rating,verified
11,2023-09-21T10:00:00,AT-100,approved,Bo,bo@example.com,"<p>Warm &amp; <strong>light</strong>.</p>
<p>Buy it.</p>",5,true
12,2023-09-22T10:00:00,AT-100,hold,Cleo,cleo@example.com,Waiting to be looked at.,1,false
13,2023-09-22T10:00:00,AT-100,spam,Spam,spam@example.com,Buy something else.,5,false
"""

# name → (table, how many come, how many are left out for their state)
SAMPLES = {
    "Judge.me": (JUDGE_ME + judge_me() + judge_me(curated="spam", email="s@example.com", rating="1"), 1, 1),
    "Shopify Product Reviews": (SHOPIFY, 1, 2),
    "Loox": (LOOX, 2, 1),
    "Yotpo": (YOTPO, 2, 0),
    "Okendo": (OKENDO, 2, 1),
    "WooCommerce": (WOO, 1, 2),
}

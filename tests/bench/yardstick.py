"""The yardstick: what Django itself can do on this machine. A bare view with the session middleware, one indexed query
of 20 rows and a plain template of 19 KB. A page's figure means nothing alone; beside this one it does.
"""

from django.db.models import Count
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.template import Context, Engine

from community.bench.filling import LONG, SHORT
from community.products.models import Product
from community.threads.models import Thread

ROWS = 20
FILLER = "Said plainly, so that the page weighs what a page weighs. " * 16
ROW = (
    f'<li><a href="/{{{{ id }}}}/">{{{{ title }}}}</a> <time>{{{{ when|date:"c" }}}}</time><p>{FILLER[:830]}</p></li>\n'
)
PAGE = (
    "<!doctype html><html lang=en><title>Yardstick</title><h1>Yardstick</h1><ul>"
    "{% for id, title, when in rows %}" + ROW + "{% endfor %}</ul></html>"
)
template = Engine().from_string(PAGE)


def yardstick(request: HttpRequest) -> HttpResponse:
    rows = Thread.objects.order_by("-pk").values_list("pk", "title", "created_at")[:ROWS]
    return HttpResponse(template.render(Context({"rows": rows})))


def pages(request: HttpRequest) -> JsonResponse:
    """The addresses that the bench measures, found in what `load_bench` made."""
    threads = Thread.objects.questions().listed().annotate(size=Count("posts"))
    long, short = threads.filter(size=LONG).first(), threads.filter(size=SHORT).first()
    product = Product.objects.annotate(size=Count("threads")).order_by("-size").first()
    if not (long and short and product):
        return JsonResponse({"error": "Nothing to measure. Run: manage.py load_bench"}, status=409)
    return JsonResponse(
        {
            "home": "/",
            "list": "/questions/",
            f"thread of {SHORT}": short.get_absolute_url(),
            f"last page of {LONG:,}": f"/posts/{long.posts.latest('created_at', 'pk').pk}/",
            "product": product.get_absolute_url(),
            "search": "/search/?q=zip+jacket",
        }
    )

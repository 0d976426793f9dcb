"""What shops read by script: a product's reviews and what they say together, as JSON, the same to everybody."""

from functools import wraps
from typing import Any

from django.contrib.auth.models import AnonymousUser
from django.core.paginator import InvalidPage
from django.core.serializers.json import DjangoJSONEncoder
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse, QueryDict
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.gzip import gzip_page

from community.products.models import Product
from community.threads.kept import kept
from reviews import reading
from reviews.attribute_bars import summaries_of
from reviews.finding import LONGEST
from reviews.listing import SORTS, Choice
from reviews.widget import answers
from reviews.widget.keeping import View, at_one_edition, send
from reviews.widget.origins import METHODS, open_to_shops

STRANGER = AnonymousUser()
_JSON = DjangoJSONEncoder(ensure_ascii=False, separators=(",", ":"))
PARAMETERS = {
    "stars": "1, 2, 3, 4 or 5",
    "verified": "1",
    "photos": "1",
    "attribute": "a step of an attribute that its reviews speak of, such as fit-1",
    "q": f"words, in at most {LONGEST} characters",
    "sort": ", ".join(SORTS),
}


class BadQuestion(Exception):  # noqa: N818 - reads as a word: raise BadQuestion(…)
    """What was asked makes no sense, in a sentence for who wrote the script."""


def _for_shops(view: View) -> View:
    """Answers in JSON whatever happens. There is no state to change here, so there is no form to guard either."""

    @csrf_exempt
    @gzip_page
    @at_one_edition
    @wraps(view)
    def answer(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if request.method == "OPTIONS":
            response = HttpResponse(status=204)
        elif request.method not in ("GET", "HEAD"):
            response = _refusal(405, "not_allowed", "Reviews are only read here. Ask with GET.")
            response["Allow"] = METHODS
        else:
            try:
                response = view(request, *args, **kwargs)
            except Http404 as error:
                response = _refusal(404, "not_found", str(error))
            except BadQuestion as error:
                response = _refusal(400, "bad_question", str(error))
        return open_to_shops(request, response)

    return answer


@_for_shops
def reviews_json(request: HttpRequest, slug: str) -> HttpResponse:
    """`?page=`, and what a reader of the product's page may choose, by the very same rules."""
    choice, number = _choice_of(request.GET, slug), request.GET.get("page", "1")
    content = kept.get(("reviews.json", slug, choice, number), lambda: _page(slug, choice, number))
    return send(request, content, "application/json")


@_for_shops
def summary_json(request: HttpRequest, slug: str) -> HttpResponse:
    if request.GET:
        raise BadQuestion("The summary is of all reviews and takes no parameter.")
    content = kept.get(("summary.json", slug), lambda: _JSON.encode(answers.summary_of(_product(slug))).encode())
    return send(request, content, "application/json")


def _page(slug: str, choice: Choice, number: str) -> bytes:
    product = _product(slug, choice)
    try:
        page = reading.page_of_reviews(product, STRANGER, choice, number)
    except InvalidPage as error:
        raise Http404(f"There is no page {number[:20]} of these reviews. Begin with page=1.") from error
    reading.add_photos(page.object_list)
    reading.add_said(page.object_list)
    reading.add_replies(page.object_list)
    return _JSON.encode(answers.page_of(product, choice, page)).encode()


def _product(slug: str, choice: Choice | None = None) -> Product:
    product = reading.with_page_data(Product.objects.all(), STRANGER, choice or Choice()).filter(slug=slug).first()
    if product is None:
        raise Http404(f"There is no product “{slug[:120]}”. Its address here ends in its slug: /products/SLUG/.")
    return product


def _choice_of(query: QueryDict, slug: str) -> Choice:
    """Like on the page; but what makes no sense is refused, since a script can't see that it was passed over."""
    summaries = summaries_of(slug) if "attribute" in query else []
    choice = Choice.from_address(query, [summary.attribute for summary in summaries])
    understood = {*choice.parameters(), ("sort", choice.sort)}
    for name, value in ((name, value) for name, values in query.lists() for value in values):
        if name == "page" or (name, " ".join(value.split())) in understood:
            continue
        if name not in PARAMETERS:
            raise BadQuestion(f"There is no parameter “{name[:40]}”. There are: {', '.join((*PARAMETERS, 'page'))}.")
        raise BadQuestion(f"“{name}={value[:40]}” makes no sense. It may be: {PARAMETERS[name]}.")
    return choice


def _refusal(status: int, code: str, sentence: str) -> JsonResponse:
    response = JsonResponse({"error": {"code": code, "message": sentence}}, status=status)
    response["Cache-Control"] = "no-store" if status == 405 else "public, max-age=60"
    return response

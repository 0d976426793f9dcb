"""Names who knows a product."""

from typing import Any

from django import template

from community.people.knowing import experts_on as known_experts
from community.products.models import Product

register = template.Library()


@register.inclusion_tag("people/experts.html")
def experts_on(product: Product, level: int = 2) -> dict[str, Any]:
    """Draws nothing where nobody is known to know it. `level` is that of its heading."""
    return {"experts": known_experts(product), "product": product, "level": level}

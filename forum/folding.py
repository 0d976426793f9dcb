"""Rows inside a row: what would take a query of its own comes along as JSON."""

from typing import Any

from django.db.models import JSONField, QuerySet, Subquery
from django.db.models.functions import JSONObject


class Rows(Subquery):
    """The rows of `queryset`, in its order, as a list of dicts: `Rows(tags, slug="slug", name="name")`.

    Works on SQLite and PostgreSQL; costs what the subquery costs, once for each row of the outer query.
    """

    template = "(SELECT JSON_GROUP_ARRAY(JSON(one_row)) FROM (%(subquery)s) AS some_rows)"

    def __init__(self, queryset: QuerySet[Any], **fields: str) -> None:
        super().__init__(queryset.values(one_row=JSONObject(**fields)), output_field=JSONField())

    def as_postgresql(self, compiler: Any, connection: Any, **context: Any) -> Any:
        template = "(SELECT COALESCE(JSONB_AGG(one_row), '[]'::JSONB) FROM (%(subquery)s) AS some_rows)"
        return self.as_sql(compiler, connection, template=template, **context)

"""The sample pages about the portal itself: see `[[statements]]` in content/portal.toml."""

from typing import Any

from fronts.models import StatementPage

STEP = 10  # between the positions of neighbours


def load_statements(rows: list[dict[str, Any]]) -> None:
    """Add the pages that are missing; one that is there is left alone."""
    for place, row in enumerate(rows, start=1):
        StatementPage.objects.get_or_create(
            slug=row["slug"],
            defaults={
                "title": row["title"],
                "body": row["body"],
                "position": place * STEP,
            },
        )

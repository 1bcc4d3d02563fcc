"""The way to a page that stands in no channel."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Step:
    """One step of it. Breadcrumbs take it where they take a channel."""

    name: str
    path: str

    def get_absolute_url(self) -> str:
        return self.path

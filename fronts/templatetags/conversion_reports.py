"""Readers' reports of wrong conversions, on the workbench of a story's editions."""

from django import template

from articles.models import Article
from articles.variants import Analysis
from editions.catalogue import Edition
from fronts.conversion_reports import PlacedReport, open_reports

register = template.Library()


@register.simple_tag
def conversion_reports(
    article: Article, edition: Edition, analysis: Analysis
) -> list[PlacedReport]:
    """Those that are open, each with the paragraph that it quotes. One query."""
    return open_reports(article, edition.code, analysis.converted)

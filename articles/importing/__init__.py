"""Reading real pages: saved HTML and text dumps of Chinese news sites. No database."""

from articles.importing.extraction import extract
from articles.importing.page import ExtractedPage, ExtractedSection, Suspicion

__all__ = ["ExtractedPage", "ExtractedSection", "Suspicion", "extract"]

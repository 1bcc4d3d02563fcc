"""What happens to stories, told to apps above this one."""

from django.dispatch import Signal

# A member of staff says that a word is converted wrongly: `article`, `edition_code`,
# `quote` (as the edition has it), `message`, `by`, `now`. Sent inside a transaction.
conversion_reported = Signal()

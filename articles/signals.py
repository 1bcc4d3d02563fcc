"""What happens to stories, told to apps above this one."""

from django.dispatch import Signal

# A member of staff says that a word is converted wrongly: `article`, `edition_code`,
# `quote` (as the edition has it), `message`, `by`, `now`. Sent inside a transaction.
conversion_reported = Signal()

# Sent inside the transaction, for what is derived from stories, such as an index.
# `published` is laid out, with its tags and its places in lists.
version_laid_out = Signal()
# `published` ends at `at`, or not at all if that is None.
interval_ended = Signal()
# `article` was saved: all its rows are written.
desk_copy_saved = Signal()
# Somebody searches the list of stories in the admin: `queryset` is what may be seen,
# `words` what was typed. The receiver answers with the stories of it that were found.
desk_searched = Signal()

// One reading of this story is counted, without saying by whom.

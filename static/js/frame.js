// The frame of every page: large type and the choice of an edition.

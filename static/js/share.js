// Sharing a story.

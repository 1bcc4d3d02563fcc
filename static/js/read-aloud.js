// Reading a story aloud.

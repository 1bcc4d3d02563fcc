"""How a verb says no."""


class Refused(Exception):  # noqa: N818  a refusal is an answer, not an error
    """The rules forbid the act. `sentences` say why, in the editor's language."""

    def __init__(self, *sentences: str) -> None:
        super().__init__(*sentences)
        self.sentences = sentences

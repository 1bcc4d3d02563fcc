"""What an address may hold where a story's number stands."""


class NumberConverter:
    """Up to 18 ASCII digits: the largest number that both databases can look up."""

    regex = "[0-9]{1,18}"

    def to_python(self, value: str) -> int:
        return int(value)

    def to_url(self, value: int) -> str:
        return str(value)

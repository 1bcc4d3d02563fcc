"""What an address may hold where a story's number stands."""


class NumberConverter:
    """Up to 18 ASCII digits: the largest number that both databases can look up.

    No leading zero, so that a story has one address.
    """

    regex = "[1-9][0-9]{0,17}"

    def to_python(self, value: str) -> int:
        return int(value)

    def to_url(self, value: int) -> str:
        return str(value)

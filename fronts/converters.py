"""Years, months and days in the addresses of the archive: what is no date is no address."""

import datetime


class YearConverter:
    """Four digits: 2022. None that a moment in the database's time could not hold."""

    regex = "[12][0-9]{3}"

    def to_python(self, value: str) -> int:
        return int(value)

    def to_url(self, value: int) -> str:
        return f"{value:04}"


class MonthConverter:
    """2022/06, as the first day of that month."""

    regex = "[12][0-9]{3}/[0-9]{2}"

    def to_python(self, value: str) -> datetime.date:
        """Raises ValueError, which is "no such address", for a month that is none."""
        return datetime.date.fromisoformat(f"{value.replace('/', '-')}-01")

    def to_url(self, value: datetime.date) -> str:
        return f"{value:%Y/%m}"


class DayConverter:
    """2022/06/17."""

    regex = "[12][0-9]{3}/[0-9]{2}/[0-9]{2}"

    def to_python(self, value: str) -> datetime.date:
        """Raises ValueError, which is "no such address", for a day that is none."""
        return datetime.date.fromisoformat(value.replace("/", "-"))

    def to_url(self, value: datetime.date) -> str:
        return f"{value:%Y/%m/%d}"

import pytest

from articles.importing.dates import find_time, metadata_time, refine, tail_date


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("2022年06月17日08:18    來源:青石日報", "2022-06-17T08:18+08:00"),
        ("2019-09-07 09:59:22 来源: 青石日报", "2019-09-07T09:59:22+08:00"),
        ("2012-06-24", "2012-06-24"),
        ("2023 11/ 17 20:52:15", "2023-11-17T20:52:15+08:00"),
        ("2019 09/07 19:02", "2019-09-07T19:02+08:00"),
        ("2019-09-26 12:11来源：青石商报作者：", "2019-09-26T12:11+08:00"),
        ("2023-01-05(四) 下午 3:05", "2023-01-05T15:05+08:00"),
        ("112年2月16日 12:01", "2023-02-16T12:01+08:00"),
        ("民國98年5月6日", "2009-05-06"),
    ],
)
def test_a_printed_time_keeps_its_precision(text, expected):
    assert find_time(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "10-08 12:00",
        "发布时间：01-1417:58",
        "6月17日08:18",
        "2019年13月40日",
        "98年5月6日",
        "",
    ],
)
def test_a_date_without_a_year_or_a_real_day_is_no_date(text):
    assert find_time(text) is None


@pytest.mark.parametrize(
    "text",
    [
        "2021年5月6日, 格林尼治标准时间23:08",
        "2021-05-06T23:08Z",
        "2021-05-06T15:08-08:00",
    ],
)
def test_times_of_another_zone_are_moved_to_beijing(text):
    assert find_time(text) == "2021-05-07T07:08+08:00"


def test_a_filled_in_clock_counts_as_the_day_only():
    assert metadata_time("2007-08-20-23:59:59") == "2007-08-20"
    assert metadata_time("2021-05-06T00:00:00+08:00") == "2021-05-06"


def test_metadata_adds_the_clock_to_a_printed_day_but_never_changes_it():
    assert refine("2016-11-22", "2016-11-22T09:53+08:00") == "2016-11-22T09:53+08:00"
    assert refine("2016-11-22", "2016-11-23T09:53+08:00") == "2016-11-22"
    assert refine("2018-12-28T19:55+08:00", "2018-12-28T19:56:29+08:00") == (
        "2018-12-28T19:55+08:00"
    )


def test_the_digits_after_an_agency_editor_are_a_date():
    assert tail_date("到下週日結束。（編輯：許明真）1120416") == "2023-04-16"
    assert tail_date("共賣出1120416") is None

import pytest

from articles.importing.bylines import authors_in_body, is_byline, is_signature

TEXT = "早上六点，河边的晨练队伍已经排成三行，教练放起音乐。"


@pytest.mark.parametrize(
    ("opening", "authors"),
    [
        ("新华社巴黎12月9日电（记者唐小霁）", ["唐小霁"]),
        ("人民网广州12月27日电（王小蝶、实习生胡嘉）", ["王小蝶", "胡嘉"]),
        ("本报讯（全媒体记者刘斐）", ["刘斐"]),
        ("青石讯（记者 陆一舟 通讯员 宋知秋）", ["陆一舟", "宋知秋"]),
        ("〔記者張協／南投報導〕", ["張協"]),
        ("（青石社記者林小滿台北16日電）", ["林小滿"]),
        ("記者林小滿／台北報導 ", ["林小滿"]),
    ],
)
def test_the_dateline_names_the_authors(opening, authors):
    assert authors_in_body([opening + TEXT, TEXT]) == authors


@pytest.mark.parametrize(
    ("ending", "authors"),
    [
        ("（曾小东）", ["曾小东"]),
        ("（评论员 罗博 萧海川）", ["罗博", "萧海川"]),
        ("（苏眉 文/图）", ["苏眉"]),
        ("（德清县发改局）", []),
        ("（完）", []),
        ("（陶然摄）", []),
    ],
)
def test_a_name_in_brackets_after_the_last_stop_is_the_author(ending, authors):
    assert authors_in_body([TEXT, TEXT + ending]) == authors


def test_the_photographer_is_not_the_author():
    assert authors_in_body(["晨练的人们。（记者陶然摄）", TEXT]) == []


def test_a_number_after_the_word_reporter_is_no_name():
    assert authors_in_body(["新华社北京11月17日电 记者17日从县里获悉，" + TEXT]) == []


def test_lines_that_only_say_who_writes_or_speaks_are_by_lines():
    assert is_byline("半月谈记者 史小燕")
    assert is_byline("航天工程新闻发言人 武小平")
    assert not is_byline("记者节里说记者")


def test_a_line_of_names_in_brackets_is_a_signature():
    assert is_signature("（苏眉 陶然）")
    assert not is_signature("（资料来自县志）")

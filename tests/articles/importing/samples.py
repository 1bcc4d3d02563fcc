"""Small pages in the shapes that news sites use. All of it is invented."""

FIRST = "早上六点，河边的晨练队伍已经排成三行，教练放起音乐，大家跟着节拍伸展手臂，一直练到太阳升上屋顶才散去。"
SECOND = "队伍里年纪最大的八十一岁，最小的刚上小学，祖孙三代一起来的也有好几家，雨天就改到文化馆的走廊里练。"
THIRD = "县文化馆说，场地和音响免费提供，想参加的人直接来就行，下个月还要教一套新动作，欢迎大家带邻居一起来。"
TITLE = "河边的晨练队伍"
INFO = "2021-05-06 07:08 来源：青石日报"
TOP = f"<h1>{TITLE}</h1><div class='info'>{INFO}</div>"
BODY = f"<p>{FIRST}</p><p>{SECOND}</p><p>{THIRD}</p>"


def page(
    *,
    head: str = "",
    top: str = TOP,
    body: str = BODY,
    after: str = "",
    title: str = "",
) -> bytes:
    """A saved page: menu, heading, body, what follows it, footer."""
    return (
        f"<html><head><meta charset='utf-8'><title>{title or TITLE + '_青石网'}</title>{head}</head>"
        "<body><div class='nav'><a href='/'>首页</a><a href='/x'>新闻</a></div>"
        f"{top}<div class='content'>{body}</div>{after}"
        "<div class='foot'><a href='/about'>关于我们</a> 版权所有 青石网</div></body></html>"
    ).encode()


def body_with(*lines: str) -> str:
    """The three paragraphs with lines of mark-up between them."""
    paragraphs = [f"<p>{text}</p>" for text in (FIRST, SECOND, THIRD)]
    return "".join(
        paragraph + (lines[index] if index < len(lines) else "")
        for index, paragraph in enumerate(paragraphs)
    )


def dump(*lines: str) -> bytes:
    """A page copied as text: lines with blank lines between."""
    return "\n\n".join(lines).encode()

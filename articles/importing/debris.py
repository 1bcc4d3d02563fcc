"""What stands inside an article's box and is no part of the article."""

import re
from collections.abc import Sequence
from functools import lru_cache

from articles.importing.blocks import Block
from articles.importing.bylines import authors_of_line
from articles.importing.credits import has_editor_label, is_credit
from editions.conversion import to_source

_SHORT = 60  # characters: longer lines are text, whatever words they hold
_LONGEST_CAPTION = 150
_HEADLINE = 8  # characters that make a link a headline
_CLOSERS = ("）", ")", "】", "]")
_SEPARATORS = re.compile(r"[\s·•・|｜/／\-—_]+")

# Written in Simplified only: lines are compared in that script.
_END = re.compile(
    r"^[\[【（(<《◎●■◆▲►>*#☆★]*(?:"
    r"(?:相关|延伸|推荐|扩展|拓展|猜你|更多|热门|精彩|往期|今日|编辑部?|大家|为您|为你|其[他它]|同类|热点|最新|本[周月]|24小时)"
    r"(?:相关|精彩|热门|新闻|主题)?"
    r"(?:阅读|新闻|链接|连结|报[道导]|推荐|文章|专题|资讯|内容|信息|稿件|点[击阅]|排行|视频|影音|图集|回顾|热点|喜欢|搜索|附件|政策解读|专区|都在看|头条|关注|分享)"
    r"|作者(?:最新|其他)文章|[上下]一?[篇条则页](?:[:：]|$|文章|新闻)|阅读下一篇|看更多|看下一篇"
    r"|网友(?:评论|跟贴|留言)|我要(?:评论|跟帖|留言|纠错|报错)|发表(?:评论|看法)|评论区|最新评论|登录后参与|文明上网"
    r"|版权(?:声明|所有|作品)|(?:免责|特别|法律|郑重|责任|平台)?声明[:：]|(?:免责|版权)声明|凡本网|凡注明|本网站?所有|本网站之文字"
    r"|返回(?:首页|列表|顶部|上页|栏目)|回到?顶[部端]|THEEND"
    r"|文章(?:价值打分|关键词)|关键[词字](?:[:：]|$|阅读)|标[签籤][:：]|TAGS?[:：]"
    r"|打印(?:本页|本文|关闭|页面)?(?:关闭|$)|关闭(?:窗口|本页)|【?(?:打印|关闭)】?$|收藏本[文页]|推荐给朋友"
    r"|打开微信|用?微信扫|微信[“”\"「」]?扫一?扫|扫一扫|扫描(?:二维码|上方|下方|左侧|右侧)|扫码|长按(?:二维码|识别)"
    r"|附件[:：]?\d*$|附件下载|相关附件|本文(?:标题|链接)[:：]|原文链接[:：]|链接地址[:：]|投稿邮箱|新闻热线|我?要?爆料"
    r"|喜欢(?:这篇|就)|(?:好文)?点赞|觉得不错|赞赏|打赏|看完这篇|有价值$|网站地图|友情链接|联系我们|关于我们|.ICP备|备案号|主办(?:单位)?[:：]"
    r")",
    re.IGNORECASE,
)
_NOISE = re.compile(
    r"^(?:分享(?:到|至)?(?:微信|微博|朋友圈|好友和朋友圈)?[:：]?|分享让更多人看到|转发|微信|微博|易信|QQ空间|QQ好友|QQ|复制链接|更多|收起|展开|展开全文"
    r"|阅读全文.{0,8}|点击查看.{0,20}|余下全文.{0,12}|推荐|广告|赞助商?|AD|Advertisement|举报|收藏|评论|打印|列印|纠错|[大中小]|[大中小]字号|字号.{0,14}|字体.{0,14}"
    r"|T[+\-\s]*|A[+\-\s]*A?[+\-\s]*|听新闻|语音播报|播放|暂停|图集|加载中.{0,4}|正在加载.{0,4}|全文共\d+字.{0,16}|【?纠错】?|\+\d{1,6}|0|点击(?:进入|下载|上方|关注|参与).{0,30}"
    r"|来源标注.*|用LINE传送|赞|分享\d*|.{0,12}客户端下载|.{0,60}下载.{0,12}(?:客户端|APP).{0,20}|关注.{0,16}(?:公众号|微信|微博)|.{0,16}扫描?二维码.{0,16}"
    r"|您的浏览器.{0,30}|视频加载.{0,20}|原创稿?|正文|首页|返回|我要收藏|\d{1,2}:\d{2}|.{0,6}报料.{0,40}|未经授权.{0,20}|转载请注明.{0,30}|请(?:先)?登录.{0,10}"
    r"|请继续往下阅读.{0,4}|[（(]?(?:完|全文完|本文完|END|未完待续)[)）]?|Getty Images|[（(]?本文来自.{0,60})$",
    re.IGNORECASE,
)
_PROMO_LINK = re.compile(
    r"^[\[【（(\s]*(?:返回.{1,8}[,，]?查看更多|查看更多|点击(?:查看|进入|阅读)?.{0,12}|详[细情]|更多详情|更多.{0,6}|阅读原文|进入.{0,8})[\]】）)>»\s]*$"
)
_ORIGINAL_TITLE = re.compile(
    r"^[（(\[【]?\s*(?:本文|原文)?\s*(?:原标题|原题|原文标题)\s*(?:为|為|[:：]|[《“])"
)
_RIGHTS = re.compile(
    r"(?:版权[归属]|版权所有|未经(?:授权|许可)|非经授权|禁止转载|不得转载|请勿转载|转载请|谢绝转载|不代表本[网站平报]|不代表.{0,12}(?:立场|观点)"
    r"|仅代表作者|侵权|删除处理|授权.{0,16}发布.{0,10}转载|更多.{0,12}(?:资讯|内容|新闻)请(?:下载|关注|点击))"
)
_PAGER = re.compile(
    r"^(?=.*(?:\d\D+\d|[页】\]<>«»]|全文))(?:[<>《》«»【】\[\]\s\d]|[上下首尾末]一?页|余下全文|在本页阅读全文"
    r"|[共第]\d+页|…|\.{3})+$"
)
_CAPTION_MARK = re.compile(
    r"^(?:[▲△▼↑↓◀►]|图为|图[:：／/①-⑩\d]|图[注说]|资料[图照]|[配题上下左右]图|视频截图|图(?:片|像)来源|（图|摄影[:：/])"
)
_CREDIT_MARK = re.compile(
    r"(?:摄|摄影|供图|截图|资料[图照]片?|图源.{0,12}|视觉中国.{0,6}|图虫创意|IC photo|东方IC|CFP|Getty ?Images"
    r"|\s图|图[／/|:：].{1,16}|摄 ?\d{2,4}年.{1,8}|[（(](?:图|取自|翻摄自?|摄影|资料照|图源|来源).{0,24}[)）])"
    r"[)）]?[。]?$",
    re.IGNORECASE,
)
_CREDIT_BESIDE_PICTURE = re.compile(r"(?:提供|制图|资料|来源[:：].{2,12})[)）]?$")
_CENTRED = re.compile(r"text-align\s*:\s*center", re.IGNORECASE)
_CENTRED_NAME = re.compile(r"center|figure|photo")
_CAPTION_NAME = re.compile(
    r"caption|tuzhu|(?:pic|img|image|photo)[-_]?(?:desc|note|text|txt|intro|info|tit)|zw_?pic"
)


@lru_cache(maxsize=2048)
def plain_script(text: str) -> str:
    """The line in Simplified, for comparison."""
    return to_source(text)


def is_ending_mark(block: Block) -> bool:
    """Whether a line opens a box of the site: related links, comments, notices.

    Sites put spaces and strokes between the words of such a label.
    """
    text = block.text
    return len(text) <= _SHORT and bool(
        _END.search(_SEPARATORS.sub("", plain_script(text)))
    )


def is_sign_off(block: Block) -> bool:
    """Whether a line only credits an editor: articles end there."""
    text = block.text
    if len(text) > _SHORT * 1.5 or re.search(r"[。！？]", text):
        return False
    return has_editor_label(text)


def is_noise(block: Block) -> bool:
    """Whether a single line is the site's: share words, pagers, promotions, notices."""
    text = plain_script(block.text) if len(block.text) <= _SHORT * 3 else block.text
    if _ORIGINAL_TITLE.search(text) or _PAGER.match(text):
        return True
    if _RIGHTS.search(text) and len(text) <= _SHORT * 3:
        return True
    if block.linked > 0.85 and len(text) <= _SHORT:
        return True
    return len(text) <= _SHORT and bool(_NOISE.match(text))


def is_credit_line(block: Block) -> bool:
    """Whether a short line is made of labels or a by-line: read elsewhere, not text."""
    text = block.text
    if len(text) > _SHORT * 1.5:
        return False
    return (is_credit(text) and not re.search(r"[。！？]", text)) or bool(
        authors_of_line(text)
    )


def is_caption(block: Block, previous: Block | None) -> bool:
    """Whether a line belongs to a picture, before or after it."""
    if len(block.text) > _LONGEST_CAPTION:
        return False
    if block.tag == "figcaption" or _CAPTION_NAME.search(block.names):
        return True
    if (
        previous is not None
        and previous.text == block.text
        and len(block.text) <= _SHORT
    ):
        return True
    near = block.after_image or block.before_image
    if _says_picture(plain_script(block.text), near=near):
        return True
    centred = block.after_image and is_centred(block)
    return (
        centred
        and (block.before_image or block.bold < 0.9)
        and len(block.text) <= _SHORT
    )


def _says_picture(text: str, *, near: bool) -> bool:
    if _CAPTION_MARK.search(text):
        return near or len(text) <= _SHORT
    if near and _CREDIT_BESIDE_PICTURE.search(text):
        return True
    is_one_sentence = not re.search(r"[。！？].{12,}[。！？]", text)
    return (
        bool(_CREDIT_MARK.search(text))
        and is_one_sentence
        and (near or len(text) <= 40)
    )


def bold_captions(blocks: Sequence[Block]) -> set[int]:
    """Numbers of bold lines under pictures, where most bold lines stand there.

    A single one is more often a heading that follows a picture.
    """
    lines = [index for index, block in enumerate(blocks) if _is_bold_line(block)]
    under = {
        index
        for index in lines
        if blocks[index].after_image and is_centred(blocks[index])
    }
    return under if len(under) >= 2 and len(under) * 2 > len(lines) else set()


def _is_bold_line(block: Block) -> bool:
    is_short = len(block.text) <= _SHORT and not block.text.endswith(("。", "！", "？"))
    return is_short and block.bold > 0.95


def repeats_title(text: str, title: str) -> bool:
    """Whether a short line says the title again, whole or in most of its characters."""
    ours, theirs = set(re.findall(r"\w", text)), set(re.findall(r"\w", title))
    if not ours or len(text) > len(title) * 1.5 + 4:
        return False
    return len(ours & theirs) >= 0.6 * max(len(ours), len(theirs))


def promo_link_length(block: Block) -> int:
    """How many characters at the end are a link of the site: 返回首页，查看更多.

    A headline in brackets that is nothing but a link is one too.
    """
    runs = list(block.runs)
    closing = runs.pop().text if len(runs) > 1 and runs[-1].text in _CLOSERS else ""
    link = ""
    while runs and runs[-1].linked:
        link = runs.pop().text + link
    if not link or not runs:
        return 0
    if closing and runs[-1].text.endswith(("（", "(", "【", "[")):
        return len(link) + 1 + len(closing) if len(link) >= _HEADLINE else 0
    return len(link) + len(closing) if _PROMO_LINK.match(plain_script(link)) else 0


def is_centred(block: Block) -> bool:
    """Whether the page centres the line, or keeps it in one box with a picture."""
    element = block.element
    if element is None:
        return False
    return (
        element.find(".//img") is not None
        or element.get("align") == "center"
        or bool(_CENTRED.search(element.get("style") or ""))
        or bool(_CENTRED_NAME.search(block.names))
    )

"""The command, from files to desk copies and to readers."""

import json
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from articles.models import Article, Author, Editor, PublishedArticle, Source
from articles.models.desk import DatePrecision
from articles.publishing import withdraw
from channels.models import Channel
from tests.articles.importing.samples import BODY, FIRST, SECOND, TITLE, dump, page

pytestmark = pytest.mark.django_db

PAGES = Path(__file__).parent / "pages"
JSON_KEYS = [
    "file", "title", "subtitle", "published_at", "source", "authors", "editors", "breadcrumb",
    "headings", "script", "suspicious", "error",
]  # fmt: skip


def run(*arguments) -> tuple[str, str]:
    """Output and progress of a run that must succeed."""
    out, err = StringIO(), StringIO()
    call_command(
        "import_pages", *map(str, arguments), stdout=out, stderr=err, no_color=True
    )
    return out.getvalue(), err.getvalue()


def saved(folder: Path, data: bytes, name: str = "page.html") -> Path:
    path = folder / name
    path.write_bytes(data)
    return path


def test_a_page_becomes_a_desk_copy_with_everything_printed_on_it():
    run(PAGES / "br_paragraphs.html")

    article = Article.objects.get()
    assert article.title == "老渡口的最后一班船"
    assert article.source.name == "青石晨报"
    assert [credit.author.name for credit in article.author_credits.all()] == ["邵一帆"]
    assert [credit.editor.name for credit in article.editor_credits.all()] == ["封雪"]
    assert [section.heading for section in article.sections.all()] == [
        "",
        "船会留在岸边",
    ]
    assert article.original_published_at.isoformat() == "2009-05-06T00:18:00+00:00"
    assert article.original_precision == DatePrecision.MINUTE
    assert article.script == "zh-Hans"


def test_legacy_traditional_text_is_stored_in_its_source_script():
    run(PAGES / "legacy_dump.txt")

    article = Article.objects.get()
    heading = article.sections.get(position=2)
    assert article.script == "zh-Hans"
    assert article.title == "一条步道串起六个村——青石县修好环湖步道方便群众出行"
    assert (heading.heading, heading.subheading) == ("管护在后", "每一段路都有人照看")
    assert [credit.editor.name for credit in article.editor_credits.all()] == [
        "范青",
        "邬小禾",
    ]
    assert article.channel.name == "生活频道"
    assert article.kicker == "乡村走笔"


def test_native_traditional_text_stays_as_its_author_wrote_it():
    run(PAGES / "taiwan_site.html")

    article = Article.objects.get()
    assert (article.script, article.title) == (
        "zh-Hant",
        "舊車站變書店 每週六晚上點燈說故事",
    )


def test_the_same_page_twice_is_one_article(tmp_path):
    first = saved(tmp_path, page())
    second = saved(
        tmp_path, page(after="<div class='foot'>另一条页脚</div>"), "again.html"
    )
    run(first)
    Article.objects.update(title="编辑改过的标题")

    run(first, second)

    assert Article.objects.get().title == "编辑改过的标题"


def test_pages_of_one_address_are_one_article_and_of_two_are_two(tmp_path):
    link = "<link rel='canonical' href='https://example.com/{}'>"
    run(saved(tmp_path, page(head=link.format("a/1"))))
    run(saved(tmp_path, page(head=link.format("a/1"), body=BODY + f"<p>{SECOND}</p>")))
    run(saved(tmp_path, page(head=link.format("a/2"))))

    assert sorted(Article.objects.values_list("original_url", flat=True)) == [
        "https://example.com/a/1",
        "https://example.com/a/2",
    ]


def test_a_day_without_a_clock_is_kept_as_a_day(tmp_path):
    run(
        saved(tmp_path, page(top=f"<h1>{TITLE}</h1><p>2021年5月6日 来源：青石日报</p>"))
    )

    article = Article.objects.get()
    assert article.original_precision == DatePrecision.DAY
    assert article.original_published_at.isoformat() == "2021-05-05T16:00:00+00:00"


def test_nothing_is_made_up_for_what_is_not_printed(tmp_path):
    top = f"<h1>{TITLE}</h1><p>来源：网络 作者：佚名</p>"
    run(saved(tmp_path, page(top=top, after="<p>责任编辑：NF055</p>")))

    article = Article.objects.get()
    assert article.original_published_at is None
    assert article.source is None
    assert not any(people.objects.exists() for people in (Author, Editor, Source))


def test_an_existing_channel_of_that_name_is_used():
    channel = Channel.objects.create(name="生活", slug="life")
    run(PAGES / "table_layout_gbk.html")

    assert Article.objects.get().channel == channel


def test_a_page_without_a_path_goes_to_the_import_channel(tmp_path):
    run(saved(tmp_path, page()))

    channel = Article.objects.get().channel
    assert (channel.name, channel.in_navigation) == ("导入", False)


def test_the_body_passes_the_sanitiser(tmp_path):
    body = BODY.replace(
        FIRST, f"<b>小字 &lt;script&gt;</b><i onclick='x()'>{FIRST}</i>"
    )
    run(saved(tmp_path, page(body=body)))

    stored = Article.objects.get().sections.get().body
    assert stored.startswith(f"<p><strong>小字 &lt;script&gt;</strong>{FIRST}</p>")


def test_publish_shows_the_page_with_its_own_time():
    run(PAGES / "br_paragraphs.html", "--publish")

    published = PublishedArticle.objects.get()
    assert published.dated_at.isoformat() == "2009-05-06T00:18:00+00:00"


def test_publish_goes_on_with_a_copy_imported_before_but_never_with_a_withdrawn_one():
    run(PAGES / "br_paragraphs.html")
    run(PAGES / "br_paragraphs.html", "--publish")
    withdraw(Article.objects.get(), by=None)

    run(PAGES / "br_paragraphs.html", "--publish")

    assert PublishedArticle.objects.count() == 1


def test_a_refused_publication_keeps_the_copy_and_says_why(tmp_path):
    path = saved(tmp_path, page(top=f"<h1>{TITLE}</h1>"))
    Channel.objects.create(
        name="导入",
        slug="imported",
        kind=Channel.Kind.LINK,
        link_url="https://old.example/",
    )
    err = StringIO()

    with pytest.raises(CommandError):
        call_command("import_pages", str(path), "--publish", stderr=err)

    assert "已导入，没有发布：“外部链接”频道不能放稿件" in err.getvalue()
    assert Article.objects.count() == 1
    assert not PublishedArticle.objects.exists()


def test_a_dry_run_stores_nothing():
    run(PAGES, "--dry-run")

    assert not Article.objects.exists()
    assert not Channel.objects.exists()


def test_json_gives_one_object_for_each_page_and_nothing_else():
    out, _ = run(PAGES / "legacy_dump.txt", "--dry-run", "--format", "json")

    record = json.loads(out)
    assert list(record) == JSON_KEYS
    assert record["headings"] == [
        ["問需在前", "路線怎麼走大家說了算"],
        ["管護在后", "每一段路都有人照看"],
    ]
    assert record["script"] == "zh-Hant"
    assert {"text": "后", "suggestion": "後"}.items() <= record["suspicious"][0].items()
    assert record["error"] is None


def test_a_bad_file_is_named_with_its_reason_and_the_rest_goes_on(tmp_path):
    bad = saved(tmp_path, b"<html></html>", "a.html")
    missing = tmp_path / "missing.txt"
    good = saved(tmp_path, page(), "z.html")
    out, err = StringIO(), StringIO()

    with pytest.raises(CommandError, match="2 个文件没有做完"):
        call_command(
            "import_pages", str(bad), str(missing), str(good), "--format", "json",
            stdout=out, stderr=err, no_color=True,
        )  # fmt: skip

    records = [json.loads(line) for line in out.getvalue().splitlines()]
    assert [record["error"] and record["error"][:6] for record in records] == [
        "没有找到正文",
        "不能读取文件",
        None,
    ]
    assert f"1/3 {bad} 失败：没有找到正文。" in err.getvalue()
    assert Article.objects.count() == 1


def test_a_field_that_does_not_fit_fails_one_page_and_stores_nothing_of_it(tmp_path):
    long_title = "很长的标题" * 30
    path = saved(tmp_path, page(title=long_title, top="<p>2021-05-06 07:08</p>"))

    with pytest.raises(CommandError):
        run(path)

    assert not Article.objects.exists()


def test_progress_counts_the_files_and_ends_in_a_summary(tmp_path):
    saved(tmp_path, page(), "a.html")
    saved(
        tmp_path,
        dump("县里的早市", "2021-05-06 07:08 来源：青石日报", FIRST, SECOND),
        "b.txt",
    )
    saved(tmp_path, b"not a page", "notes.tsv")
    (tmp_path / "a_files").mkdir()
    saved(tmp_path / "a_files", page(), "frame.html")

    _, err = run(tmp_path)

    assert f"2/2 {tmp_path / 'b.txt'} 导入：县里的早市" in err
    assert "共 2 个文件：导入 2，失败 0。" in err


def test_a_folder_without_pages_is_an_error(tmp_path):
    with pytest.raises(CommandError, match="没有找到可以导入的文件"):
        run(tmp_path)

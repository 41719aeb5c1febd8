"""Articles written in the browser: saved, scheduled, published, taken back, restored; nobody's words are lost."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest
from django.utils.timezone import localtime

from reif.attract.content.publish import publish
from reif.attract.content.release import release, withdraw
from reif.attract.content.save import EditedMeanwhile, save
from reif.attract.models import Content, Moved, Revision
from reif.attract.tests.test_publish import FOLDER
from reif.attract.tests.texts import an_article, fields
from reif.crm.tests.people import a_user
from reif.kit.clock import now, travel
from reif.log.models import Event
from reif.log.worker import settle

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _uploads(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path


@pytest.fixture
def writer(client):
    user = a_user("marketing", language="de", first_name="Miriam", last_name="Aebischer")
    client.force_login(user)
    return user


def form(article: Content | None = None, **given):
    """What the editor posts."""
    made = {"title": "Neuer Titel", "body": "Text.", "language": "de", "version": article.version if article else ""}
    return {**made, "slug": article.slug if article else "", **given}


def said() -> list[str]:
    return list(Event.objects.filter(kind__startswith="content.").order_by("id").values_list("kind", flat=True))


# -- Writing


def test_a_title_is_all_that_a_draft_needs(client, writer):
    answer = client.post("/content/articles", form(title="Löhne & Gehälter 2026"))
    article = Content.objects.get()
    assert answer["Location"] == f"/content/articles/{article.pk}"
    assert (article.slug, article.state, article.edited_by) == ("loehne-gehaelter-2026", "draft", writer)
    assert client.get(article.path).status_code == 404
    assert said() == []


@pytest.mark.parametrize(
    ("given", "words"),
    [
        ({"title": ""}, "erforderlich|Pflichtfeld"),
        ({"title": "x" * 201}, "200"),
        ({"title": "…", "slug": "!!!"}, "Buchstaben, Ziffern"),
        ({"body": "x" * 200_001}, "200’000 Zeichen"),
        ({"cover": '"><script>'}, "Bibliothek"),
        ({"related": ["gibt-es-nicht"]}, "gibt-es-nicht"),
        ({"language": "fr"}, "fr"),
        ({"offer": "gibt-es-nicht"}, "gibt-es-nicht"),
    ],
)  # fmt: skip
def test_what_cannot_be_is_said_and_nothing_typed_is_lost(client, writer, given, words):
    answer = client.post("/content/articles", form(teaser="Mein Anriss", **given))
    page = answer.content.decode()
    assert answer.status_code == 422
    assert re.search(words, page)
    assert "Mein Anriss" in page
    assert not Content.objects.exists()


def test_an_address_that_another_article_has_is_refused(client, writer):
    an_article(slug="vergeben")
    answer = client.post("/content/articles", form(slug="vergeben"))
    assert answer.status_code == 422
    assert "Ein anderer Artikel hat diese Adresse" in answer.content.decode()


def test_scripts_in_the_text_do_nothing(client, writer):
    bad = '<script>alert(1)</script>\n\n[x](javascript:alert(1)) <img src=x onerror="alert(1)">\n\n<iframe src="/"></iframe>'
    client.post(
        "/content/articles",
        form(title="</script><script>alert(2)</script>", slug="boese", body=bad, teaser="<b>fett</b>"),
    )
    article = Content.objects.get()
    release(article, None, writer.pk)
    page = client.get(article.path).content.decode()
    assert "alert(1)</script>" not in page
    assert "<script>alert" not in page
    assert "onerror" not in page
    assert 'href="javascript:' not in page
    assert "<iframe" not in page
    assert "<b>fett</b>" not in page


def test_windows_line_ends_are_taken_out_and_zeros_refused(client, writer):
    assert client.post("/content/articles", form(slug="a", body="Eins\0")).status_code == 422
    client.post("/content/articles", form(slug="a", body="Eins\r\n\r\nZwei"))
    assert Content.objects.get().body == "Eins\n\nZwei\n"


# -- Two at once


def test_the_second_of_two_editors_is_told_and_keeps_the_words(client, writer):
    article = an_article(title="Anfang")
    anna = a_user("marketing", first_name="Anna", last_name="Muster")
    save(article, fields(slug=article.slug, title="Von Anna", body="Annas Text\n"), article.version, anna.pk)
    answer = client.post(f"/content/articles/{article.pk}", form(article, title="Von mir", body="Mein Text"))
    page = answer.content.decode()
    assert answer.status_code == 409
    assert "Anna Muster" in page
    assert "Mein Text" in page
    assert "<del>Annas Text</del>" in page
    article.refresh_from_db()
    assert article.title == "Von Anna"
    again = re.search(r'name="version" value="(\d+)"', page)[1]
    client.post(
        f"/content/articles/{article.pk}", form(article, title="Von mir", body="Mein Text") | {"version": again}
    )
    article.refresh_from_db()
    assert article.title == "Von mir"
    assert [r.said["title"] for r in article.revisions.order_by("version")] == ["Anfang", "Von Anna", "Von mir"]


def test_saving_what_is_there_already_makes_no_version():
    article = an_article()
    given = {name: getattr(article, name) for name in fields()}
    save(article, given, article.version, None)
    assert Revision.objects.count() == 1


def test_a_stale_version_never_wins():
    article = an_article()
    save(article, fields(slug=article.slug), 1, None)
    with pytest.raises(EditedMeanwhile):
        save(article, fields(slug=article.slug), 1, None)


def test_a_version_can_be_restored_and_its_address_stays(client, writer):
    article = an_article(title="Eins", slug="eins")
    save(article, fields(title="Zwei", slug="zwei"), 1, writer.pk)
    page = client.get(f"/content/articles/{article.pk}/revisions?at=2").content.decode()
    assert "<del>Eins</del>" in page
    assert "<ins>Zwei</ins>" in page
    client.post(f"/content/articles/{article.pk}/revisions", {"at": "1"})
    article.refresh_from_db()
    assert (article.title, article.slug, article.version) == ("Eins", "zwei", 3)
    assert client.post(f"/content/articles/{article.pk}/revisions", {"at": "x"}).status_code == 404


# -- Publishing


def test_publishing_saves_what_is_typed_and_says_it_once(client, writer):
    article = an_article()
    client.post(f"/content/articles/{article.pk}/publication", form(article, title="Jetzt öffentlich"))
    article.refresh_from_db()
    assert client.get(article.path).status_code == 200
    assert article.title == "Jetzt öffentlich"
    client.post(f"/content/articles/{article.pk}/publication", form(article, title="Noch einmal"))
    assert said() == ["content.published"]


def test_a_scheduled_article_becomes_public_by_itself_once(client, writer):
    article = an_article()
    moment = localtime(now() + timedelta(days=3)).replace(second=0, microsecond=0)
    given = {"later": "1", "day": moment.strftime("%Y-%m-%d"), "hour": moment.strftime("%H:%M")}
    answer = client.post(f"/content/articles/{article.pk}/publication", form(article) | given, follow=True)
    assert "von selbst öffentlich" in answer.content.decode()
    article.refresh_from_db()
    assert article.published_at == moment
    settle()
    client.logout()
    assert client.get(article.path).status_code == 404
    assert article.path not in client.get("/sitemap.xml").content.decode()
    assert said() == []
    with travel(moment + timedelta(seconds=1)):
        settle()
        settle()
        assert client.get(article.path).status_code == 200
        assert said() == ["content.published"]
    assert Event.objects.get(kind="content.published").at == moment


def test_a_moment_that_was_moved_or_taken_back_does_not_come():
    article, other = an_article(), an_article()
    release(article, now() + timedelta(days=1), None)
    release(article, now() + timedelta(days=9), None)
    release(other, now() + timedelta(days=1), None)
    withdraw(other, None)
    settle(at=now() + timedelta(days=2))
    assert said() == []
    settle(at=now() + timedelta(days=10))
    assert said() == ["content.published"]


@pytest.mark.parametrize(
    ("day", "hour"), [("", "10:00"), ("2020-01-01", "10:00"), ("31.31.2026", "10:00"), ("2030-01-01", "25:00")]
)
def test_a_moment_that_cannot_be_is_said_and_the_words_are_saved(client, writer, day, hour):
    article = an_article()
    answer = client.post(f"/content/articles/{article.pk}/publication", form(article, later="1", day=day, hour=hour))
    assert answer.status_code == 422
    assert "ist gespeichert" in answer.content.decode()
    article.refresh_from_db()
    assert (article.title, article.state) == ("Neuer Titel", "draft")


def test_what_is_taken_back_is_gone_and_said(client, writer):
    article = an_article()
    release(article, None, writer.pk)
    assert client.delete(f"/content/articles/{article.pk}").status_code == 400
    client.post(f"/content/articles/{article.pk}/publication", {"away": "1"})
    assert client.get(article.path).status_code == 404
    assert said() == ["content.published", "content.withdrawn"]
    assert client.delete(f"/content/articles/{article.pk}").status_code == 204
    assert not Content.objects.exists()


def test_a_public_address_that_changes_leads_on_and_a_new_text_may_have_it(client, writer):
    article = an_article(slug="alt")
    release(article, None, None)
    for slug in ("neu", "noch-neuer"):
        article.refresh_from_db()
        save(article, fields(slug=slug), article.version, None)
    answer = client.get("/blog/alt?utm_source=x")
    assert (answer.status_code, answer["Location"]) == (301, "/blog/noch-neuer?utm_source=x")
    assert client.get("/blog/neu")["Location"] == "/blog/noch-neuer"
    other = an_article(slug="alt")
    release(other, None, None)
    assert client.get("/blog/alt").status_code == 200
    assert set(Moved.objects.values_list("slug", flat=True)) == {"neu"}


def test_an_address_that_nobody_knew_leads_nowhere(client):
    article = an_article(slug="entwurf")
    save(article, fields(slug="fertig"), 1, None)
    assert not Moved.objects.exists()
    assert client.get("/blog/entwurf").status_code == 404


# -- Looking before


def test_a_draft_can_be_read_by_its_secret_link_for_thirty_days(client, writer):
    article = an_article(title="Nur für Eingeweihte", body="## A\n\nGeheim.\n")
    link = re.search(r"/blog/preview/[\w.-]+", client.get(f"/content/articles/{article.pk}").content.decode())[0]
    client.logout()
    answer = client.get(link)
    page = answer.content.decode()
    assert "Nur für Eingeweihte" in page
    assert 'content="noindex, nofollow"' in page
    assert answer["X-Robots-Tag"] == "noindex, nofollow"
    assert "/t.js" not in page
    assert "no-store" in answer["Cache-Control"]
    for wrong in (link[:-2] + "xx", link.replace("preview/", "preview/WzAsMV0."), "/blog/preview/x"):
        assert client.get(wrong).status_code == 404
    with travel(timedelta(days=31)):
        assert client.get(link).status_code == 404


def test_the_preview_shows_what_is_typed_and_stores_nothing(client, writer):
    article = an_article()
    given = form(article, title="Im Entstehen", body='## Neu\n\n<script>alert(1)</script>"><b>x</b>', number=article.pk)
    answer = client.post("/content/preview", given, headers={"HX-Request": "true"})
    piece = answer.content.decode()
    assert 'sandbox="allow-same-origin"' in piece
    assert "Im Entstehen" in piece
    assert "<script" not in piece
    assert "&lt;h2 id=&quot;neu&quot;&gt;" in piece
    assert 'id="check"' in piece
    article.refresh_from_db()
    assert article.title != "Im Entstehen"
    whole = client.post("/content/preview", {"title": ""}).content.decode()
    assert "<h1></h1>" in whole


# -- Files


def test_a_text_of_a_file_becomes_ones_own_by_editing_and_can_go_back(client, writer):
    publish(FOLDER)
    article = Content.objects.get(slug="recruiting-trends")
    path = f"/content/articles/{article.pk}"
    assert "content/recruiting-trends.md" in client.get(path).content.decode()
    client.post(path, form(article, title="Von Hand"))
    assert publish(FOLDER) == []
    article.refresh_from_db()
    assert article.title == "Von Hand"
    assert article.revisions.order_by("version").first().said["title"] != "Von Hand"
    client.post(f"{path}/file")
    publish(FOLDER)
    article.refresh_from_db()
    assert article.title != "Von Hand"


def test_a_file_does_not_write_over_what_somebody_wrote_under_its_address():
    an_article(slug="recruiting-trends", title="Meiner")
    publish(FOLDER)
    assert Content.objects.get(slug="recruiting-trends").title == "Meiner"


def test_a_renamed_text_of_a_file_does_not_come_back_under_the_old_name():
    publish(FOLDER)
    article = Content.objects.get(slug="recruiting-trends")
    save(article, fields(slug="trends"), article.version, None)
    publish(FOLDER)
    assert not Content.objects.filter(slug="recruiting-trends").exists()


# -- The list


def test_the_list_has_states_search_and_pages(client, writer, django_assert_max_num_queries):
    rows = [
        Content(
            slug=f"a{n}",
            title=f"Artikel {n}",
            title_folded=f"artikel {n}",
            folded=f"artikel {n} a{n}",
            updated_at=now(),
        )
        for n in range(120)
    ]
    Content.objects.bulk_create(rows)
    public = an_article(title="Über Löhne", author="Nadja Hofer")
    release(public, None, None)
    release(an_article(title="Später"), now() + timedelta(days=2), None)
    with django_assert_max_num_queries(12):
        page = client.get("/content").content.decode()
    assert page.count("<tr data-row>") == 50
    after = re.search(r"after=([\w%-]+)", page)[1]
    assert client.get(f"/content?after={after}").content.decode().count("<tr data-row>") == 50
    assert "Über Löhne" in client.get("/content?q=loehne%20NADJA").content.decode()
    assert "Kein Artikel passt" in client.get("/content?q=xyz").content.decode()
    scheduled = client.get("/content?state=scheduled").content.decode()
    assert "Später" in scheduled
    assert "Über Löhne" not in scheduled


def test_related_articles_are_those_chosen_then_the_nearest(client):
    chosen, far = an_article(title="Gewählt", category="X"), an_article(title="Fremd", category="Z")
    near = [an_article(title=f"Nah {n}", category="A") for n in range(3)]
    for one in (chosen, far, *near):
        release(one, None, None)
    article = an_article(category="A", related=[chosen.pk])
    release(article, None, None)
    page = client.get(article.path).content.decode()
    assert "Gewählt" in page
    assert page.count("Nah ") == 2
    assert "Fremd" not in page


@pytest.mark.parametrize(
    ("role", "reads", "writes"), [("analyst", 200, 403), ("seller", 403, 403), ("manager", 403, 403)]
)
def test_who_may_read_and_write(client, role, reads, writes):
    article = an_article()
    client.force_login(a_user(role))
    path = f"/content/articles/{article.pk}"
    assert client.get("/content").status_code == reads
    assert client.get(path).status_code == reads
    for one in (
        path,
        f"{path}/publication",
        f"{path}/revisions",
        f"{path}/file",
        "/content/articles",
        "/content/preview",
    ):
        assert client.post(one, form(article)).status_code == writes, one
    assert client.delete(path).status_code == writes

"""Files to give away: looked into, kept, replaced, counted."""

from __future__ import annotations

import zipfile
from io import BytesIO
from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from reif.attract.assets.look import BYTES, BadFile, look
from reif.attract.assets.numbers import downloads, trend
from reif.attract.content.publish import publish
from reif.attract.content.shelf import find_item
from reif.attract.models import Asset
from reif.attract.tests.pictures import a_picture
from reif.attract.tests.test_publish import FOLDER
from reif.crm.tests.people import a_person, a_user
from reif.log.append import append, writing
from reif.log.catalogue.web import ContentDownloaded

pytestmark = pytest.mark.django_db
PDF = b"%PDF-1.7\n1 0 obj << /Type /Page >> endobj\n2 0 obj << /Type /Pages >> endobj\n3 0 obj <</Type/Page>> endobj\n%%EOF\n"


@pytest.fixture(autouse=True)
def _uploads(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path


@pytest.fixture
def desk(client):
    client.force_login(a_user("marketing", language="de"))
    return client


def a_zip(*files: tuple[str, bytes]) -> bytes:
    out = BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as pack:
        for name, raw in files:
            pack.writestr(name, raw)
    return out.getvalue()


EPUB = a_zip(("mimetype", b"application/epub+zip"), ("a.xhtml", b"<p/>"))


@pytest.mark.parametrize(
    ("raw", "mime", "pages"),
    [(PDF, "application/pdf", 2), (EPUB, "application/epub+zip", None), (a_picture("PNG").getvalue(), "image/png", None),
     (a_picture("JPEG").getvalue(), "image/jpeg", None), (a_picture("WEBP").getvalue(), "image/webp", None)],
    ids=["pdf", "epub", "png", "jpeg", "webp"],
)  # fmt: skip
def test_a_file_is_what_is_in_it(raw, mime, pages):
    assert (look(raw).mime, look(raw).pages) == (mime, pages)


@pytest.mark.parametrize(
    ("raw", "words"),
    [
        (b"", "leer"),
        (PDF[:40], "abgeschnitten"),
        (PDF.replace(b"%%EOF", b"/JavaScript (app.alert(1)) %%EOF"), "Skripte"),
        (b"PK\x03\x04 and nothing", "ZIP"),
        (a_zip(("word/document.xml", b"x")), "Office"),
        (a_zip(("mimetype", b"application/epub+zip"), ("bomb", b"0" * (501 * 1024 * 1024))), "entpackt"),
        (b"<html><script>alert(1)</script>", "PDF, EPUB"),
        (b"MZ\x90\x00", "PDF, EPUB"),
        (b"x" * (BYTES + 1), "50 MB"),
    ],
    ids=["empty", "cut", "script", "no zip", "word", "bomb", "html", "program", "heavy"],
)  # fmt: skip
def test_what_is_none_is_refused_with_a_sentence(raw, words):
    with pytest.raises(BadFile, match=words):
        look(raw)


def upload(desk, path: str = "/content/files", raw: bytes = PDF, **given):
    data = {"title": "Löhne 2026", "kind": "whitepaper", "file": SimpleUploadedFile("löhne.pdf", raw), **given}
    return desk.post(path, data)


def test_a_file_is_uploaded_replaced_and_keeps_its_address(desk, settings, django_capture_on_commit_callbacks):
    assert upload(desk).status_code == 302
    asset = Asset.objects.get()
    first = Path(settings.MEDIA_ROOT) / asset.file
    assert first.read_bytes() == PDF
    assert (asset.slug, asset.pages, asset.mime) == ("loehne-2026", 2, "application/pdf")
    assert find_item("loehne-2026").size == len(PDF)
    with django_capture_on_commit_callbacks(execute=True):
        upload(desk, f"/content/files/{asset.pk}", EPUB, slug="loehne-2026", kind="ebook")
    asset.refresh_from_db()
    assert (asset.kind, asset.mime, asset.pages) == ("ebook", "application/epub+zip", None)
    assert not first.exists()
    assert b"".join(desk.get(f"/content/files/{asset.pk}/file").streaming_content) == EPUB


def test_a_bad_file_leaves_the_good_one(desk):
    upload(desk)
    asset = Asset.objects.get()
    answer = upload(desk, f"/content/files/{asset.pk}", b"MZ", slug=asset.slug)
    assert answer.status_code == 422
    assert "PDF, EPUB" in answer.content.decode()
    assert find_item(asset.slug).file.read_bytes() == PDF
    assert upload(desk).status_code == 422


def test_a_whitepaper_of_the_playbook_can_be_replaced_for_good(desk):
    publish(FOLDER)
    asset = Asset.objects.get(slug="mitarbeiterbindung")
    upload(desk, f"/content/files/{asset.pk}", slug=asset.slug)
    publish(FOLDER)
    assert find_item("mitarbeiterbindung").file.read_bytes() == PDF


def test_downloads_people_and_trend(desk, django_assert_max_num_queries):
    upload(desk)
    anna, beat = a_person(), a_person()
    with writing():
        append(*(ContentDownloaded(person=p.pk, topic="loehne-2026") for p in (anna, anna, beat)),
               ContentDownloaded(topic="loehne-2026", machine=True))  # fmt: skip
    told = downloads(["loehne-2026", "nichts"])
    assert (told["loehne-2026"].n, told["loehne-2026"].people, told["nichts"].n) == (3, 2, 0)
    assert trend("loehne-2026")[-1][1] == 3
    with django_assert_max_num_queries(12):
        page = desk.get(f"/content/files/{Asset.objects.get().pk}").content.decode()
    assert "Downloads pro Tag" in page
    assert "Löhne 2026" in desk.get("/content/files?q=LOEHNE").content.decode()


def test_an_analyst_reads_a_seller_does_not(client):
    asset = Asset.objects.create(slug="a", title="A", file="assets/a.pdf", updated_at="2026-01-01T00:00Z")
    client.force_login(a_user("analyst", language="de"))
    assert "fehlt im Ordner" in client.get(f"/content/files/{asset.pk}").content.decode()
    assert client.get(f"/content/files/{asset.pk}/file").status_code == 404
    assert upload(client).status_code == 403
    client.force_login(a_user("seller"))
    assert client.get("/content/files").status_code == 403

"""Pictures are looked into, stripped, made small and kept by what they show; everything else is refused with a sentence."""

from __future__ import annotations

import re
import struct
import zlib
from io import BytesIO

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.template import Context, Template
from PIL import Image

from reif.attract.models import Content, Picture
from reif.attract.pictures.add import add, folder
from reif.attract.pictures.address import share, source, srcset, widths
from reif.attract.pictures.read import BYTES, BadPicture
from reif.attract.tests.pictures import a_picture
from reif.crm.tests.people import a_user
from reif.kit.clock import now

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _uploads(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path


def take(raw: BytesIO | bytes, name: str = "bild.jpg", **alt: str) -> Picture:
    content = raw if isinstance(raw, bytes) else raw.getvalue()
    return add(BytesIO(content), len(content), name, **alt)


@pytest.mark.parametrize("form", ["JPEG", "PNG", "WEBP", "GIF"])
def test_each_usual_kind_becomes_webp_in_a_few_widths(form):
    picture = take(a_picture(form, (1500, 900)))
    assert (picture.width, picture.height) == (1500, 900)
    kept = sorted(p.name for p in folder(picture.key).iterdir())
    assert kept == sorted(["320.webp", "640.webp", "960.webp", "1280.webp", "1500.webp", "share.jpg"])
    with Image.open(folder(picture.key) / "640.webp") as copy:
        assert (copy.format, copy.size) == ("WEBP", (640, 384))
    with Image.open(folder(picture.key) / "share.jpg") as copy:
        assert copy.size == (1200, 630)


def test_what_a_camera_writes_is_gone_and_the_picture_is_upright():
    exif = Image.Exif()
    exif[0x0112] = 6  # lies on its side
    exif[0x010E] = "Geheim"
    exif.get_ifd(0x8825)[2] = (47.0, 22.0, 0.0)
    picture = take(a_picture("JPEG", (800, 500), exif=exif))
    assert (picture.width, picture.height) == (500, 800)
    for file in folder(picture.key).iterdir():
        assert b"Geheim" not in file.read_bytes()
        with Image.open(file) as copy:
            assert not dict(copy.getexif())


def test_the_same_pixels_are_one_picture_whatever_stands_beside_them():
    exif = Image.Exif()
    exif[0x010E] = "Anders"
    first, second = take(a_picture("PNG")), take(a_picture("PNG", exif=exif), "anders.png")
    assert first == second
    assert Picture.objects.count() == 1
    assert take(a_picture("PNG", colour=(1, 2, 3))) != first


def test_a_lost_file_comes_back_with_the_next_upload():
    picture = take(a_picture())
    (folder(picture.key) / "640.webp").unlink()
    assert take(a_picture()) == picture
    assert (folder(picture.key) / "640.webp").is_file()


def test_a_picture_that_is_wider_than_a_screen_is_made_smaller():
    picture = take(a_picture("JPEG", (5000, 2500)))
    assert (picture.width, picture.height) == (2560, 1280)


def test_what_is_see_through_stays_so():
    picture = take(a_picture("PNG", clear=True, colour=(0, 0, 0, 0)))
    with Image.open(folder(picture.key) / "320.webp") as copy:
        assert copy.mode == "RGBA"


def bomb() -> bytes:
    """A PNG of a few hundred bytes that says it is 60,000 pixels wide and high."""

    def chunk(kind: bytes, body: bytes) -> bytes:
        return struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body))

    head = struct.pack(">IIBBBBB", 60_000, 60_000, 8, 2, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", zlib.compress(b"\0" * 9)) + chunk(b"IEND", b"")


def moving() -> bytes:
    frames = [Image.new("RGB", (60, 60), c) for c in ("red", "blue")]
    out = BytesIO()
    frames[0].save(out, "GIF", save_all=True, append_images=frames[1:])
    return out.getvalue()


@pytest.mark.parametrize(
    ("raw", "words"),
    [
        (b"", "leer"),
        (b"<svg xmlns='http://www.w3.org/2000/svg'><script>alert(1)</script></svg>", "SVG"),
        (b"\xef\xbb\xbf<?xml version='1.0'?><svg/>", "SVG"),
        (b"\0\0\0\x18ftypheic" + b"\0" * 40, "HEIC"),
        (b"%PDF-1.7 ...", "PDF"),
        (b"GIF89a and then nothing of the kind", "gelesen"),
        (b"\x89PNG\r\n\x1a\n broken", "gelesen"),
        (b"just words, called .jpg", "gelesen"),
        (bomb(), "50 Millionen"),
        (moving(), "bewegt"),
    ],
)  # fmt: skip
def test_what_is_no_picture_is_refused_with_a_sentence_and_leaves_nothing(raw, words, tmp_path):
    with pytest.raises(BadPicture, match=words):
        take(raw)
    assert not Picture.objects.exists()
    assert not list(tmp_path.rglob("*.webp"))


def test_a_half_picture_a_tiny_and_a_heavy_one_are_refused():
    whole = a_picture("JPEG").getvalue()
    with pytest.raises(BadPicture, match="gelesen"):
        take(whole[: len(whole) // 2])
    with pytest.raises(BadPicture, match="klein"):
        take(a_picture("PNG", (4, 4)))
    with pytest.raises(BadPicture, match="15"):
        add(BytesIO(whole), BYTES + 1, "x.jpg")


def test_the_name_says_all_that_a_page_needs(django_assert_num_queries):
    key = "p-0123456789abcdef01234567-1000x500"
    assert widths(key) == [320, 640, 960, 1000]
    assert source(key, 500) == f"/pictures/{key}/640.webp"
    assert source(key, 5000) == f"/pictures/{key}/1000.webp"
    assert srcset(key).count(",") == 3
    assert share(key) == f"/pictures/{key}/share.jpg"
    with django_assert_num_queries(0):
        made = Template('{% load pictures %}{% picture key alt=alt sizes="50vw" %}').render(
            Context({"key": key, "alt": 'A "b"'})
        )
    assert 'width="1000" height="500"' in made
    assert 'sizes="50vw"' in made
    assert 'loading="lazy"' in made
    assert "&quot;b&quot;" in made


def test_a_drawn_picture_is_shown_by_the_same_tag():
    made = Template('{% load pictures %}{% picture "wort" lazy=False %}').render(Context())
    assert 'src="/covers/wort.svg"' in made
    assert "fetchpriority" in made


def test_files_are_kept_for_a_year_and_nothing_else_is_given(client):
    picture = take(a_picture())
    answer = client.get(f"/pictures/{picture.key}/320.webp")
    assert b"".join(answer.streaming_content).startswith(b"RIFF")
    assert answer["Content-Type"] == "image/webp"
    assert "max-age=31536000" in answer["Cache-Control"]
    assert "immutable" in answer["Cache-Control"]
    shared = client.get(share(picture.key))
    assert b"".join(shared.streaming_content).startswith(b"\xff\xd8")
    assert shared["Content-Type"] == "image/jpeg"
    for wrong in (
        f"/pictures/{picture.key}/333.webp",
        f"/pictures/{picture.key}/..%2f..%2freif.sqlite3",
        "/pictures/x/320.webp",
    ):
        assert client.get(wrong).status_code == 404


def upload(client, path: str = "/content/pictures", raw: bytes | None = None, **more):
    file = SimpleUploadedFile("büro.jpg", raw if raw is not None else a_picture().getvalue(), content_type="image/jpeg")
    return client.post(path, {"file": file, **more}, headers={"HX-Request": "true"} if "field" in more else {})


def test_marketing_uploads_describes_and_deletes(client):
    client.force_login(a_user("marketing", language="de"))
    assert upload(client).status_code == 302
    picture = Picture.objects.get()
    assert picture.name == "büro.jpg"
    client.post(f"/content/pictures/{picture.key}", {"name": "Büro", "alt_de": "Zwei Leute am Tisch", "alt_en": ""})
    assert picture.key in client.get("/content/pictures?q=TISCH%20buero").content.decode()
    assert picture.key not in client.get("/content/pictures?q=nichts").content.decode()
    assert client.delete(f"/content/pictures/{picture.key}").status_code == 200
    assert not Picture.objects.exists()
    assert not folder(picture.key).exists()


def test_a_picture_that_is_shown_stays(client):
    client.force_login(a_user("marketing", language="de"))
    picture = take(a_picture())
    Content.objects.create(slug="a", title="Ein Artikel", body=f"![x]({picture.key})", updated_at=now())
    answer = client.delete(f"/content/pictures/{picture.key}")
    assert answer.status_code == 400
    assert "Ein Artikel" in answer.content.decode()
    assert Picture.objects.exists()


def test_one_bad_file_does_not_keep_the_good_ones_out(client):
    client.force_login(a_user("marketing", language="de"))
    files = [SimpleUploadedFile("gut.jpg", a_picture().getvalue()), SimpleUploadedFile("böse.svg", b"<svg/>")]
    answer = client.post("/content/pictures", {"file": files})
    assert answer.status_code == 422
    page = answer.content.decode()
    assert "böse.svg" in page
    assert "1 Bild wurde aufgenommen" in page
    assert Picture.objects.count() == 1


def test_the_picker_gives_the_field_back_with_what_was_chosen(client):
    client.force_login(a_user("marketing", language="de"))
    answer = upload(client, "/content/pictures/choose", field="blocks.2.picture", alt="Ein Tisch")
    picture = Picture.objects.get()
    assert picture.alt_de == "Ein Tisch"
    page = answer.content.decode()
    assert f'name="blocks.2.picture" value="{picture.key}"' in page
    assert 'id="picture-blocks-2-picture"' in page
    assert "picture:chosen" in answer["HX-Trigger"]
    dialog = client.get("/content/pictures/choose?field=cover&drawn=neuer-artikel").content.decode()
    assert picture.key in dialog
    assert "/covers/neuer-artikel-b.svg" in dialog
    emptied = client.get("/content/pictures/chosen?field=cover").content.decode()
    assert re.search(r'name="cover" value=""', emptied)
    assert client.get('/content/pictures/choose?field=x"><script>').status_code == 404


def test_the_picker_says_why_it_refuses(client):
    client.force_login(a_user("marketing", language="de"))
    answer = upload(client, "/content/pictures/choose", raw=b"<svg/>", field="cover")
    assert answer.status_code == 422
    assert answer["HX-Retarget"] == "#picker-refusal"
    assert "SVG" in answer.content.decode()


def test_the_library_asks_the_same_however_many_there_are(client, django_assert_max_num_queries):
    client.force_login(a_user("marketing"))
    rows = [Picture(key=f"p-{n:024x}-800x500", name=f"Bild {n}", added_at=now()) for n in range(60)]
    Picture.objects.bulk_create(rows)
    with django_assert_max_num_queries(9):
        page = client.get("/content/pictures").content.decode()
    assert page.count("picture-tile") == 24
    after = re.search(r"after=([\w%-]+)", page)[1]
    assert client.get(f"/content/pictures?after={after}").content.decode().count("picture-tile") == 24


def test_an_analyst_looks_and_a_seller_does_not(client):
    client.force_login(a_user("analyst"))
    assert client.get("/content/pictures").status_code == 200
    assert upload(client).status_code == 403
    client.force_login(a_user("seller"))
    assert client.get("/content/pictures").status_code == 403

"""Addresses of the public pages and of the section for those who write."""

from django.urls import path, re_path
from django.views.generic import RedirectView

from reif.attract.content.desk import Section
from reif.attract.files import CalendarFile, Cover, Feed, Robots, SiteMap
from reif.attract.pages.visit import Page
from reif.attract.pictures.views import Chosen, Library, OnePicture, Picker, PictureFile
from reif.attract.views import Article, Blog

app_name = "attract"
urlpatterns = [
    path("content", Section.as_view(), name="content"),
    path("content/pictures", Library.as_view(), name="pictures"),
    path("content/pictures/choose", Picker.as_view(), name="choose"),
    path("content/pictures/chosen", Chosen.as_view(), name="chosen"),
    path("content/pictures/<slug:key>", OnePicture.as_view(), name="picture"),
    path("pictures/<slug:key>/<str:copy>", PictureFile.as_view(), name="picture_file"),
    path("blog/", Blog.as_view(), name="blog"),
    path("blog", RedirectView.as_view(url="/blog/", permanent=True, query_string=True)),
    path("blog/<slug:slug>", Article.as_view(), name="article"),
    path("p/<slug:slug>.ics", CalendarFile.as_view(), name="calendar"),
    path("p/<slug:slug>", Page.as_view(), name="page"),
    re_path(r"^covers/(?P<seed>[a-z0-9-]+)\.(?P<form>svg|png)$", Cover.as_view(), name="cover"),
    path("rss.xml", Feed.as_view(), name="rss"),
    path("sitemap.xml", SiteMap.as_view(), name="sitemap"),
    path("robots.txt", Robots.as_view(), name="robots"),
]

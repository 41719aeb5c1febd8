"""Addresses of the public pages and of the section for those who write."""

from django.urls import path, re_path
from django.views.generic import RedirectView

from reif.attract.assets.views import EditFile, FileItself, Files, NewFile, OneFile
from reif.attract.calls.desk import CallList, CallPreview, NewCall, OneCall, Running
from reif.attract.calls.serve import Calls
from reif.attract.campaigns.cost_pages import Costs, ExchangeRates
from reif.attract.campaigns.file_pages import CostFiles, OneCostFile
from reif.attract.campaigns.follow import Follow
from reif.attract.campaigns.link_pages import LinkDetails, LinkPreview, Links, NewLink, OneLink, QrPicture
from reif.attract.campaigns.pages import CampaignDetails, Campaigns, NewCampaign, OneCampaign
from reif.attract.content.desk import Section
from reif.attract.content.editor import Articles, NewArticle, OneArticle, Suggestions
from reif.attract.content.preview import Preview, SecretPreview
from reif.attract.content.publication import BackToFile, Publication
from reif.attract.content.versions import Revisions
from reif.attract.files import CalendarFile, Cover, Feed, Robots, SiteMap
from reif.attract.pages.routes import routes
from reif.attract.pages.visit import Page
from reif.attract.pictures.views import Chosen, Library, OnePicture, Picker, PictureFile
from reif.attract.views import Article, Blog
from reif.attract.webinars.attendance.views import Attendance, OneList
from reif.attract.webinars.leave import Leave
from reif.attract.webinars.views import CallingOff, EditWebinar, NewWebinar, OneWebinar, Webinars

app_name = "attract"
urlpatterns = [
    path("campaigns", Campaigns.as_view(), name="campaigns"),
    path("campaigns/new", NewCampaign.as_view(), name="new_campaign"),
    path("campaigns/rates", ExchangeRates.as_view(), name="rates"),
    path("campaigns/costs", CostFiles.as_view(), name="cost_files"),
    path("campaigns/costs/<int:number>", OneCostFile.as_view(), name="cost_file"),
    path("campaigns/<slug:slug>", OneCampaign.as_view(), name="campaign"),
    path("campaigns/<slug:slug>/details", CampaignDetails.as_view(), name="campaign_details"),
    path("campaigns/<slug:slug>/costs", Costs.as_view(), name="costs"),
    path("links", Links.as_view(), name="links"),
    path("links/new", NewLink.as_view(), name="new_link"),
    path("links/preview", LinkPreview.as_view(), name="link_preview"),
    path("links/<int:number>", OneLink.as_view(), name="link"),
    path("links/<int:number>/details", LinkDetails.as_view(), name="link_details"),
    path("links/<int:number>/qr.svg", QrPicture.as_view(), {"form": "svg"}, name="qr_svg"),
    path("links/<int:number>/qr.png", QrPicture.as_view(), {"form": "png"}, name="qr_png"),
    path("s/<str:code>", Follow.as_view(), name="follow"),
    path("calls", CallList.as_view(), name="calls"),
    path("calls/new", NewCall.as_view(), name="new_call"),
    path("calls/preview", CallPreview.as_view(), name="call_preview"),
    path("calls/<int:number>", OneCall.as_view(), name="call"),
    path("calls/<int:number>/running", Running.as_view(), name="call_running"),
    path("calls.json", Calls.as_view(), name="calls_json"),
    path("content", Section.as_view(), name="content"),
    path("content/articles", Articles.as_view(), name="articles"),
    path("content/articles/new", NewArticle.as_view(), name="new_article"),
    path("content/articles/suggestions", Suggestions.as_view(), name="suggestions"),
    path("content/articles/<int:number>", OneArticle.as_view(), name="edit"),
    path("content/articles/<int:number>/publication", Publication.as_view(), name="article_publication"),
    path("content/articles/<int:number>/revisions", Revisions.as_view(), name="revisions"),
    path("content/articles/<int:number>/file", BackToFile.as_view(), name="to_file"),
    path("content/files", Files.as_view(), name="files"),
    path("content/files/new", NewFile.as_view(), name="new_file"),
    path("content/files/<int:number>", OneFile.as_view(), name="file"),
    path("content/files/<int:number>/fields", EditFile.as_view(), name="edit_file"),
    path("content/files/<int:number>/file", FileItself.as_view(), name="file_itself"),
    path("content/webinars", Webinars.as_view(), name="webinars"),
    path("content/webinars/new", NewWebinar.as_view(), name="new_webinar"),
    path("content/webinars/<int:number>", OneWebinar.as_view(), name="webinar"),
    path("content/webinars/<int:number>/fields", EditWebinar.as_view(), name="edit_webinar"),
    path("content/webinars/<int:number>/calling-off", CallingOff.as_view(), name="calling_off"),
    path("content/webinars/<int:number>/attendance", Attendance.as_view(), name="attendance"),
    path("content/webinars/<int:number>/attendance/<int:which>", OneList.as_view(), name="attendance_list"),
    path("w/<str:sealed>", Leave.as_view(), name="leave"),
    path("content/preview", Preview.as_view(), name="article_preview"),
    path("content/pictures", Library.as_view(), name="pictures"),
    path("content/pictures/choose", Picker.as_view(), name="choose"),
    path("content/pictures/chosen", Chosen.as_view(), name="chosen"),
    path("content/pictures/<slug:key>", OnePicture.as_view(), name="picture"),
    path("pictures/<slug:key>/<str:copy>", PictureFile.as_view(), name="picture_file"),
    path("blog/", Blog.as_view(), name="blog"),
    path("blog", RedirectView.as_view(url="/blog/", permanent=True, query_string=True)),
    path("blog/preview/<str:sealed>", SecretPreview.as_view(), name="secret_preview"),
    path("blog/<slug:slug>", Article.as_view(), name="article"),
    path("p/<slug:slug>.ics", CalendarFile.as_view(), name="calendar"),
    path("p/<slug:slug>", Page.as_view(), name="page"),
    re_path(r"^covers/(?P<seed>[a-z0-9-]+)\.(?P<form>svg|png)$", Cover.as_view(), name="cover"),
    path("rss.xml", Feed.as_view(), name="rss"),
    path("sitemap.xml", SiteMap.as_view(), name="sitemap"),
    *routes,
    path("robots.txt", Robots.as_view(), name="robots"),
]

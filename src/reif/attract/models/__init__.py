"""The rows of attract, one file per noun."""

from reif.attract.models.asset import Asset
from reif.attract.models.call import Call
from reif.attract.models.campaign import (
    Campaign,
    CampaignName,
    CampaignPart,
    Channel,
    Cost,
    CostFile,
    ExchangeRate,
    Link,
    LinkDay,
)
from reif.attract.models.comparison import ArmDay, DaySalt, PageTest, SeenToday
from reif.attract.models.content import Content, Moved, Revision
from reif.attract.models.landing_page import LandingPage, OldAddress
from reif.attract.models.page_revision import PageArm, PageRevision
from reif.attract.models.picture import Picture
from reif.attract.models.published import PublishedQuerySet
from reif.attract.models.site import Site
from reif.attract.models.webinar import AttendanceList, Registration, Webinar

__all__ = [
    "ArmDay",
    "Asset",
    "AttendanceList",
    "Call",
    "Campaign",
    "CampaignName",
    "CampaignPart",
    "Channel",
    "Content",
    "Cost",
    "CostFile",
    "DaySalt",
    "ExchangeRate",
    "LandingPage",
    "Link",
    "LinkDay",
    "Moved",
    "OldAddress",
    "PageArm",
    "PageRevision",
    "PageTest",
    "Picture",
    "PublishedQuerySet",
    "Registration",
    "Revision",
    "SeenToday",
    "Site",
    "Webinar",
]

"""The rows of attract, one file per noun."""

from reif.attract.models.asset import Asset
from reif.attract.models.content import Content
from reif.attract.models.landing_page import LandingPage
from reif.attract.models.picture import Picture
from reif.attract.models.published import PublishedQuerySet
from reif.attract.models.site import Site
from reif.attract.models.webinar import Webinar

__all__ = ["Asset", "Content", "LandingPage", "Picture", "PublishedQuerySet", "Site", "Webinar"]

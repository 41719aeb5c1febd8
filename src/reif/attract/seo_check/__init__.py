"""What can be said about a page before it is found: concrete findings, each with a remedy."""

from reif.attract.seo_check.check import check, verdict
from reif.attract.seo_check.finding import Finding
from reif.attract.seo_check.page import Checked

__all__ = ["Checked", "Finding", "check", "verdict"]

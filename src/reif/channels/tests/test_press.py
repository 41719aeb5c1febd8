"""What a printed mail holds."""

import re

from reif.channels.email.press import press
from reif.channels.tests.letters import HOUSE, a_mail


def test_a_mail_fetches_nothing_from_anybody():
    html = press(a_mail(), HOUSE, "de").html
    assert "Segoe UI" in html
    assert re.findall(r"<link|@import|<script|url\(", html) == []

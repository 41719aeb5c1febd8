"""Print a mail of the playbook: typed blocks become MJML and then HTML, and plain text beside it."""

from __future__ import annotations

from dataclasses import dataclass
from html import escape

import mrml

from reif.channels.email.imprint import closing, imprint_lines
from reif.channels.email.links import BASE, TOKEN, Links
from reif.channels.email.liquid_guard import Guard
from reif.channels.email.markdown import to_html, to_text
from reif.channels.mails import Block, Mail, Sender

_OPTIONS = mrml.RenderOptions(fonts={})
"""No font from anybody's server: MJML would fetch Roboto and tell its host who reads which mail when."""
FONT = "-apple-system, BlinkMacSystemFont, 'Segoe UI', Roboto, Helvetica, Arial, sans-serif"


@dataclass(frozen=True)
class Printed:
    """Subject, preheader, html and text are Liquid; links are the targets by number."""

    subject: str
    preheader: str
    html: str
    text: str
    links: list[str]


def press(mail: Mail, sender: Sender, language: str) -> Printed:
    """One language of one mail. Only marketing mails have counted links, a pixel and an unsubscribe line."""
    counted = mail.kind == "marketing" and sender.tracking == "personal"
    sheet = _Sheet(mail, sender, language, Guard(), counted)
    html = sheet.html()
    return Printed(mail.subject.in_(language), mail.preheader.in_(language), html, sheet.text(), sheet.links.targets)


class _Sheet:
    def __init__(self, mail: Mail, sender: Sender, language: str, guard: Guard, counted: bool) -> None:
        self.mail, self.sender, self.language, self.guard = mail, sender, language, guard
        self.counted = counted
        self.links = Links(counted)

    def html(self) -> str:
        mjml = _FRAME.format(
            font=FONT,
            language=self.language,
            title=self._words(self.mail.subject.in_(self.language)),
            preview=self._words(self.mail.preheader.in_(self.language)),
            head=self._head(),
            body="".join(self._block(b) for b in self.mail.parts),
            foot=self._foot(),
            hidden=self._hidden(),
        )
        return self.guard.show(mrml.to_html(mjml, render_options=_OPTIONS).content)

    def text(self) -> str:
        parts = [self._block_text(b) for b in self.mail.parts]
        parts += ["-- \n" + "\n".join([*closing(self.mail, self.language), *self._imprint()])]
        return self.guard.show("\n\n".join(p for p in parts if p)) + "\n"

    def _words(self, text: str) -> str:
        return escape(self.guard.hide(text), quote=False)

    def _block(self, block: Block) -> str:
        if block.heading:
            words = self._words(block.heading.in_(self.language))
            return f'<mj-text font-size="22px" line-height="1.3" font-weight="600">{words}</mj-text>'
        if block.button:
            target = escape(self.links(self.guard.hide(block.href)))
            label = self._words(block.button.in_(self.language))
            return f'<mj-button href="{target}" background-color="{escape(self.sender.colour)}">{label}</mj-button>'
        if block.divider:
            return '<mj-divider border-width="1px" border-color="#e4e4e7" padding="16px 24px" />'
        source = block.text or (self.sender.signature if block.signature else None)
        if not source:
            return ""
        html = to_html(self.guard.hide_loops(source.in_(self.language)), self.links)
        return f'<mj-text css-class="t">{self.guard.free_items(html)}</mj-text>'

    def _block_text(self, block: Block) -> str:
        if block.heading:
            return self.guard.hide(block.heading.in_(self.language))
        if block.button:
            return f"{self.guard.hide(block.button.in_(self.language))}:\n{self.links(self.guard.hide(block.href))}"
        if block.divider:
            return "-" * 40
        source = block.text or (self.sender.signature if block.signature else None)
        if not source:
            return ""
        return self.guard.free_lines(to_text(self.guard.hide_loops(source.in_(self.language)), self.links))

    def _head(self) -> str:
        name = escape(self.sender.from_name or self.sender.company)
        return f'<mj-text font-size="15px" font-weight="600" color="{escape(self.sender.colour)}" padding="20px 24px 12px">{name}</mj-text>'

    def _foot(self) -> str:
        lines = [self.guard.hide(x) for x in closing(self.mail, self.language, html=True)]
        imprint = [escape(x) for x in self._imprint()]
        return "".join(
            f'<mj-text font-size="12px" line-height="1.55" color="#71717a" padding="6px 24px">{"<br />".join(part)}</mj-text>'
            for part in (lines, imprint)
            if part
        )

    def _imprint(self) -> list[str]:
        return imprint_lines(self.sender, self.language) if self.mail.kind != "staff" else []

    def _hidden(self) -> str:
        if not self.counted:
            return ""
        pixel = f"{BASE}/o/{TOKEN}.gif"
        return (
            "<mj-raw>"
            '<div style="display:none;max-height:0;overflow:hidden" aria-hidden="true">'
            f'<a href="{self.links.honeypot()}" tabindex="-1"></a></div>'
            f'<img src="{pixel}" width="1" height="1" alt="" style="display:block;border:0" />'
            "</mj-raw>"
        )


_FRAME = """<mjml lang="{language}"><mj-head><mj-title>{title}</mj-title><mj-preview>{preview}</mj-preview>
<mj-attributes><mj-all font-family="{font}" /><mj-text font-size="16px" line-height="1.6" color="#27272a" padding="6px 24px" />
<mj-button align="left" border-radius="6px" font-size="15px" font-weight="600" color="#ffffff"
 inner-padding="12px 20px" padding="14px 24px" />
</mj-attributes><mj-style>.t p {{ margin: 0 0 14px }} .t p:last-child {{ margin-bottom: 0 }}
.t ul, .t ol {{ margin: 0 0 14px; padding-left: 22px }}
.t li {{ margin: 0 0 4px }} .t a {{ color: inherit; text-underline-offset: 2px }}</mj-style></mj-head>
<mj-body background-color="#f4f4f5"><mj-section padding="12px 0 0"><mj-column></mj-column></mj-section>
<mj-section background-color="#ffffff" border-radius="8px" padding="0 0 20px"><mj-column>{head}{body}</mj-column></mj-section>
<mj-section padding="12px 0 24px"><mj-column>{foot}</mj-column></mj-section>{hidden}</mj-body></mjml>"""

from django.apps import AppConfig


class QualifyConfig(AppConfig):
    name = "reif.qualify"
    label = "qualify"

    def ready(self) -> None:
        from reif.crm.offers import offer
        from reif.log.outbox import channel
        from reif.qualify.backtest.run import CHANNEL, drain
        from reif.qualify.personas.names import persona_words
        from reif.qualify.predict.work_off import work_off
        from reif.qualify.projections import register
        from reif.qualify.publish import build
        from reif.qualify.rating.names import flaw_words
        from reif.qualify.segments.api import segments
        from reif.qualify.segments.names import segment_words

        segments.mount()
        channel("predict", work_off)
        channel(build.CHANNEL, build.go_on)
        channel(CHANNEL, drain)
        register()
        offer("segment", segment_words)
        offer("persona", persona_words)
        offer("flaw", flaw_words)
        _pages()


def _pages() -> None:
    from django.utils.translation import gettext_lazy as _

    from reif.qualify.backtest.kept_views import beside_revision
    from reif.qualify.backtest.views import READERS
    from reif.qualify.personas.views import persona_panel
    from reif.qualify.predict.panel import draw_chances
    from reif.qualify.rating.views import data_panel
    from reif.qualify.segments.choice import draw_choice, draw_note
    from reif.qualify.segments.panels import put_in_panel, segments_panel
    from reif.rules.within import CHOICE, NOTE
    from reif.staff.nav import entry
    from reif.staff.panels import panel

    panel("playbook.revision", "kept", beside_revision, roles=READERS)
    panel("person.side", "persona", persona_panel, order=10)
    panel("person.side", "data", data_panel, order=15)
    panel("person.side", "chances", draw_chances, order=20)
    panel("person.side", "segments", segments_panel, order=40)
    panel("people.bulk", "segments", put_in_panel)
    panel(CHOICE, "segment", draw_choice)
    panel(NOTE, "segment", draw_note)
    entry("segments", _("Segments"), "qualify:segments", icon="layers", order=25, group="grow", keys="g z")
    entry("personas", _("Personas"), "qualify:personas", icon="contact-round", order=27, group="grow", keys="g b")
    entry("data", _("Data quality"), "qualify:data", icon="list-checks", order=28, group="grow", keys="g y")
    entry("scoring", _("Scoring"), "qualify:scoring", icon="gauge", order=22, group="grow", keys="g s")
    entry("prediction", _("Prediction"), "qualify:prediction", icon="sparkles", order=23, group="grow")

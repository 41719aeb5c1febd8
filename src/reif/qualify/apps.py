from django.apps import AppConfig


class QualifyConfig(AppConfig):
    name = "reif.qualify"
    label = "qualify"

    def ready(self) -> None:
        from django.utils.translation import gettext_lazy as _

        from reif.log.outbox import channel
        from reif.qualify.backtest.run import CHANNEL, drain
        from reif.qualify.personas.names import persona_words
        from reif.qualify.predict.lessons import work_off
        from reif.qualify.projections import register
        from reif.qualify.segments.names import segment_words
        from reif.rules.offers import offer
        from reif.staff.nav import entry

        self._draw()
        channel("predict", work_off)
        channel(CHANNEL, drain)
        entry("prediction", _("Prediction"), "qualify:prediction", icon="sparkles", order=23, group="grow")
        register()
        offer("segment", segment_words)
        offer("persona", persona_words)
        entry("personas", _("Personas"), "qualify:personas", icon="contact-round", order=27, group="grow", keys="g b")
        entry("segments", _("Segments"), "qualify:segments", icon="layers", order=25, group="grow", keys="g z")
        entry("scoring", _("Scoring"), "qualify:scoring", icon="gauge", order=22, group="grow", keys="g s")

    def _draw(self) -> None:
        """What is drawn on pages of other rooms."""
        from reif.qualify.backtest.kept_views import beside_revision
        from reif.qualify.backtest.views import READERS
        from reif.qualify.personas.views import persona_panel
        from reif.qualify.predict.panel import draw_chances
        from reif.qualify.segments.panels import put_in_panel
        from reif.staff.panels import panel

        panel("playbook.revision", "kept", beside_revision, roles=READERS)
        panel("person.side", "chances", draw_chances, order=20)
        panel("person.side", "persona", persona_panel, order=10)
        panel("people.bulk", "segments", put_in_panel)

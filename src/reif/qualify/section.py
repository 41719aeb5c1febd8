"""The files of qualification."""

from django.utils.translation import gettext_lazy as _

from reif.playbook.section import Section, register
from reif.qualify.check import check_scoring, check_stages
from reif.qualify.personas.ways import Personas, check_personas
from reif.qualify.predict.ways import Predict, check_predict
from reif.qualify.rating.ways import Data, check_data
from reif.qualify.segments.check import check_segments, keep_used
from reif.qualify.ways import Scoring, Segments, Stages

register(Section("scoring", Scoring, _("Scoring"), check_scoring))
register(Section("stages", Stages, _("Stages"), check_stages))
register(Section("predict", Predict, _("Prediction"), check_predict))
register(Section("segments", Segments, _("Segments"), check_segments, guard=keep_used))
register(Section("personas", Personas, _("Personas"), check_personas))
register(Section("data", Data, _("Data needed"), check_data))

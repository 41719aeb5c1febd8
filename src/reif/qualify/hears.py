"""What qualification listens to."""

from reif.log.catalogue.nurture import SegmentRequested
from reif.log.catalogue.people import PersonErased, VisitorIdentified
from reif.log.catalogue.playbook import PlaybookApplied
from reif.log.catalogue.timers import TimerFired
from reif.log.hear import hear
from reif.qualify.behaviour import BEHAVIOUR
from reif.qualify.concerns import CHANGES
from reif.qualify.fit import refit
from reif.qualify.promote import promote, promote_all
from reif.qualify.rescore import KNOWLEDGE, rescore
from reif.qualify.score import score
from reif.qualify.segments import TIMER, forget, join, reconcile, refresh

hear(PlaybookApplied, rescore)
hear(CHANGES, promote)
hear(PlaybookApplied, promote_all)
hear(KNOWLEDGE, refit)
hear((*BEHAVIOUR, VisitorIdentified), score)
hear(CHANGES, refresh)
hear(SegmentRequested, join)
hear(PlaybookApplied, reconcile)
hear(TimerFired.of(TIMER), reconcile)
hear(PersonErased, forget)

"""What qualification listens to."""

from reif.log.catalogue.nurture import SegmentEntered, SegmentLeft, SegmentRequested
from reif.log.catalogue.people import PersonErased
from reif.log.catalogue.playbook import PlaybookApplied
from reif.log.catalogue.qualification import ScoringRebuilt
from reif.log.catalogue.timers import TimerFired
from reif.log.catalogue.web import FormSubmitted
from reif.log.hear import hear
from reif.qualify.backtest.keep import keep_tried
from reif.qualify.concerns import CHANGES
from reif.qualify.derived import DERIVED
from reif.qualify.personas import count, everybody
from reif.qualify.personas.assign import assign, forget_choices
from reif.qualify.predict import foresee as chance
from reif.qualify.predict.lessons import TIMER as LESSONS
from reif.qualify.predict.lessons import keep_time
from reif.qualify.publish import build, look_round
from reif.qualify.scoring import fade
from reif.qualify.scoring.score import HISTORY, KNOWLEDGE, MEMBERSHIP, score
from reif.qualify.segments import fill, fixed, keep, sort
from reif.qualify.segments.used import heeded
from reif.qualify.stages import hold
from reif.qualify.stages.promote import promote

NAMED = {SegmentEntered: heeded, SegmentLeft: heeded}
"""Hundreds of thousands come into a large segment at once; who does not ask for it does not read that."""

hear(PlaybookApplied, build.begin)
hear(CHANGES, promote, NAMED)
hear((PlaybookApplied, ScoringRebuilt), look_round.begin)
hear(TimerFired.of(look_round.TIMER), look_round.go_on)
hear((*CHANGES, TimerFired.of(hold.TIMER)), hold.hold, NAMED)
hear((*HISTORY, *MEMBERSHIP, *DERIVED), score, NAMED)
hear(TimerFired.of(fade.TIMER), fade.fade)
hear(CHANGES, keep.refresh, NAMED)
hear(SegmentRequested, fixed.join)
hear(PlaybookApplied, keep.reconcile)
hear(TimerFired.of(keep.TIMER), keep.reconcile)
hear(TimerFired.of(sort.TIMER), sort.go_on)
hear(TimerFired.of(fill.TIMER), fill.go_on)
hear(PersonErased, keep.forget)
hear(chance.HEARD, chance.foresee)
hear(PlaybookApplied, keep_time)
hear(TimerFired.of(LESSONS), keep_time)
hear(PersonErased, chance.forget)
hear(PlaybookApplied, keep_tried)
hear((*KNOWLEDGE, *MEMBERSHIP, FormSubmitted), assign, NAMED)
hear(PlaybookApplied, everybody.begin)
hear(TimerFired.of(everybody.TIMER), everybody.go_on)
hear(TimerFired.of(everybody.DAILY), everybody.look_for_stale)
hear(PersonErased, forget_choices)
hear(count.HEARD, count.keep_count)

"""What routing listens to."""

from reif.log.catalogue.deals import ActivityDone, ActivityPlanned, DealOpened
from reif.log.catalogue.people import PersonErased
from reif.log.catalogue.playbook import PlaybookApplied
from reif.log.catalogue.qualification import PersonQualified
from reif.log.catalogue.routing import PersonAssigned
from reif.log.catalogue.timers import TimerFired
from reif.log.hear import hear
from reif.route.accept import accept_by_deed
from reif.route.assign import assign
from reif.route.escalate import escalate, remind
from reif.route.forget import forget
from reif.route.give import BREACH, REMIND, RETRY
from reif.route.reject import RETURN, bring_back
from reif.route.retry import try_again, try_all
from reif.route.tell import tell_owner

hear(PersonQualified, assign)
hear(PersonAssigned, tell_owner)
hear(TimerFired.of(REMIND), remind)
hear(TimerFired.of(BREACH), escalate)
hear(TimerFired.of(RETRY), try_again)
hear(TimerFired.of(RETURN), bring_back)
hear(PlaybookApplied, try_all)
hear((ActivityPlanned, ActivityDone, DealOpened), accept_by_deed)
hear(PersonErased, forget)

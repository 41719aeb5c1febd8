"""What attract listens to."""

from reif.attract.calls.credit import credit_calls
from reif.attract.content.release import TIMER, announce
from reif.attract.pages.compare import CHECK, look_after
from reif.attract.pages.conversions import count_conversions
from reif.attract.pages.publication import DUE, ENDS, publish_due, take_down_due
from reif.attract.webinars.register import forget, register
from reif.attract.webinars.remind import DAY, HOUR, remind
from reif.log.catalogue.people import PersonErased
from reif.log.catalogue.timers import TimerFired
from reif.log.catalogue.web import FormSubmitted, WebinarAttended, WebinarCancelled, WebinarMissed, WebinarRegistered
from reif.log.hear import hear

hear(TimerFired.of(TIMER), announce)
hear(FormSubmitted, count_conversions)
hear(TimerFired.of(DUE), publish_due)
hear(TimerFired.of(ENDS), take_down_due)
hear(TimerFired.of(CHECK), look_after)
hear((WebinarRegistered, WebinarCancelled, WebinarAttended, WebinarMissed), register)
hear((TimerFired.of(DAY), TimerFired.of(HOUR)), remind)
hear(PersonErased, forget)
hear(FormSubmitted, credit_calls)

"""What capture listens to."""

from reif.capture.consents.ask import ask_to_confirm, remind
from reif.capture.consents.forget import forget
from reif.capture.consents.ground import ground
from reif.capture.consents.lapse import lapse
from reif.capture.forms.fulfil import fulfil
from reif.capture.forms.notify import tell_staff
from reif.capture.forms.tidy import forget_answers, tidy
from reif.capture.imports.ground import ground_import
from reif.capture.imports.tidy import forget_rows, tidy_imports
from reif.capture.intake.forget import forget_calls, forget_old
from reif.capture.web.forget import forget_visits
from reif.capture.web.guess import carry_to_person, guess_from_visits
from reif.capture.web.purge import purge
from reif.log.catalogue.imports import PersonImported
from reif.log.catalogue.intake import EnquiryReceived, LeadReceived
from reif.log.catalogue.people import (
    ConsentGiven,
    ConsentRequested,
    ConsentWithdrawn,
    PersonErased,
    PersonStaged,
    VisitorIdentified,
)
from reif.log.catalogue.timers import TimerFired
from reif.log.catalogue.web import FormSubmitted, VisitBegan
from reif.log.hear import hear

hear(ConsentRequested, ask_to_confirm)
hear((FormSubmitted, ConsentGiven), fulfil)
hear(FormSubmitted, tell_staff)
hear((FormSubmitted, LeadReceived, EnquiryReceived, ConsentGiven, ConsentWithdrawn, PersonStaged), ground)
hear(TimerFired.of("capture.unconfirmed"), lapse)
hear(TimerFired.of("capture.remind"), remind)
hear(TimerFired.of("capture.purge"), purge)
hear(TimerFired.of("capture.calls"), forget_old)
hear(PersonErased, forget_calls)
hear(TimerFired.of("capture.purge"), tidy)
hear(PersonErased, forget_answers)
hear(PersonErased, forget)
hear(PersonImported, ground_import)
hear(PersonErased, forget_rows)
hear(PersonErased, forget_visits)
hear(VisitBegan, guess_from_visits)
hear(VisitorIdentified, carry_to_person)
hear(TimerFired.of("capture.purge"), tidy_imports)

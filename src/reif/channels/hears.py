"""What the channels listen to."""

from reif.channels.compile_mails import compile_mails
from reif.channels.email.call_off import call_off
from reif.channels.forget import forget
from reif.channels.law.calls import note_calls, settle_claims
from reif.channels.law.daily import daily, start_daily
from reif.log.catalogue.deals import ActivityDone
from reif.log.catalogue.people import ConsentWithdrawn, PersonErased
from reif.log.catalogue.playbook import PlaybookApplied
from reif.log.catalogue.timers import TimerFired
from reif.log.hear import hear

hear(PlaybookApplied, compile_mails)
hear(PlaybookApplied, start_daily)
hear(ConsentWithdrawn, call_off)
hear(PersonErased, forget)
hear(ActivityDone, note_calls)
hear(ActivityDone, settle_claims)
hear(TimerFired.of("law.daily"), daily)

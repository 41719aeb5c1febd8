"""What journeys listen to."""

from reif.log.catalogue.deals import DealLost, DealOpened, DealWon
from reif.log.catalogue.imports import PersonImported
from reif.log.catalogue.intake import EnquiryReceived, LeadReceived, MailReplied
from reif.log.catalogue.mail import MailBounced, MailClicked
from reif.log.catalogue.nurture import JourneyRequested, SegmentEntered, SegmentLeft
from reif.log.catalogue.people import ConsentGiven, ConsentWithdrawn, PersonChanged, PersonErased, PersonStaged
from reif.log.catalogue.qualification import PersonScored
from reif.log.catalogue.routing import AssignmentAccepted, AssignmentRejected
from reif.log.catalogue.timers import TimerFired
from reif.log.catalogue.web import (
    ContentDownloaded,
    EventTracked,
    FormSubmitted,
    PageViewed,
    WebinarAttended,
    WebinarCancelled,
    WebinarMissed,
    WebinarRegistered,
)
from reif.log.hear import hear
from reif.nurture.advance import TICK, tick
from reif.nurture.enter import enter
from reif.nurture.leave import leave
from reif.nurture.named import begins_with, ends_with

DEEDS = (
    FormSubmitted, ContentDownloaded, WebinarRegistered, WebinarAttended, WebinarMissed, WebinarCancelled, EventTracked,
    LeadReceived, EnquiryReceived, MailReplied,
)  # fmt: skip
BEGINNINGS = (PersonStaged, ConsentGiven, SegmentEntered, JourneyRequested, AssignmentRejected, DealLost, *DEEDS)
TURNS = (
    PersonStaged,
    PersonScored,
    PersonChanged,
    PersonImported,
    PageViewed,
    MailClicked,
    AssignmentAccepted,
    DealOpened,
    DealWon,
)
GOODBYES = (ConsentWithdrawn, PersonErased, MailBounced)

hear(
    (*TURNS, *DEEDS, *GOODBYES, SegmentEntered, SegmentLeft), leave, {SegmentEntered: ends_with, SegmentLeft: ends_with}
)
hear(BEGINNINGS, enter, {SegmentEntered: begins_with})
hear(TimerFired.of(TICK), tick)

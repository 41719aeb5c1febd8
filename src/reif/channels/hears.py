"""What the channels listen to."""

from reif.channels.compile_mails import compile_mails
from reif.log.catalogue.playbook import PlaybookApplied
from reif.log.hear import hear

hear(PlaybookApplied, compile_mails)

"""What closing listens to."""

from reif.close.follow import begin, send_back, welcome
from reif.log.catalogue.deals import DealLost, DealOpened, DealReopened, DealWon
from reif.log.hear import hear

hear((DealOpened, DealReopened), begin)
hear(DealWon, welcome)
hear(DealLost, send_back)

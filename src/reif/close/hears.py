"""What closing listens to."""

from reif.close.follow import begin, welcome
from reif.log.catalogue.deals import DealOpened, DealWon
from reif.log.hear import hear

hear(DealOpened, begin)
hear(DealWon, welcome)

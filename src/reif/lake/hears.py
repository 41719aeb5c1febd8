"""What the lake listens to."""

from reif.lake.forget import forget
from reif.log.catalogue.people import PersonErased
from reif.log.hear import hear

hear(PersonErased, forget)

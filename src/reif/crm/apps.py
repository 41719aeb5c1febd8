from django.apps import AppConfig


class CrmConfig(AppConfig):
    name = "reif.crm"
    label = "crm"

    def ready(self) -> None:
        from reif.crm.api.events import events
        from reif.crm.api.people import people
        from reif.crm.stage_projection import drop_stages, stages_from
        from reif.crm.touches import HEARD, drop_touches, keep_touches
        from reif.log.catalogue.people import PersonStaged
        from reif.log.rebuild import projection

        projection("stages", (PersonStaged,), drop_stages, stages_from)
        projection("touches", HEARD, drop_touches, keep_touches)
        people.mount()
        events.mount()

from django.apps import AppConfig


class CrmConfig(AppConfig):
    name = "reif.crm"
    label = "crm"

    def ready(self) -> None:
        from reif.crm.stage_projection import drop_stages, stages_from
        from reif.log.catalogue.people import PersonStaged
        from reif.log.rebuild import projection

        projection("stages", (PersonStaged,), drop_stages, stages_from)

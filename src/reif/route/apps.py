from django.apps import AppConfig


class RouteConfig(AppConfig):
    name = "reif.route"
    label = "route"

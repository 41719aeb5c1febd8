from django.apps import AppConfig


class CaptureConfig(AppConfig):
    name = "reif.capture"
    label = "capture"

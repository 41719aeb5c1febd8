"""The addresses of the section for landing pages."""

from django.urls import path

from reif.attract.pages import comparison_page, editor, list_page, publishing, variants, versions

routes = [
    path("pages", list_page.Pages.as_view(), name="pages"),
    path("pages/new", list_page.NewPage.as_view(), name="new_page"),
    path("pages/<int:pk>", editor.Editor.as_view(), name="editor"),
    path("pages/<int:pk>/preview", editor.Preview.as_view(), name="preview"),
    path("pages/<int:pk>/head", editor.Head.as_view(), name="head"),
    path("pages/<int:pk>/blocks", editor.Blocks.as_view(), name="blocks"),
    path("pages/<int:pk>/blocks/<slug:ident>", editor.OneBlock.as_view(), name="block"),
    path("pages/<int:pk>/blocks/<slug:ident>/copies", editor.Copies.as_view(), name="copies"),
    path("pages/<int:pk>/order", editor.Order.as_view(), name="order"),
    path("pages/<int:pk>/steps", editor.Steps.as_view(), name="steps"),
    path("pages/<int:pk>/about", publishing.About.as_view(), name="about"),
    path("pages/<int:pk>/address", publishing.Address.as_view(), name="address"),
    path("pages/<int:pk>/publication", publishing.Publication.as_view(), name="publication"),
    path("pages/<int:pk>/schedule", publishing.Schedule.as_view(), name="schedule"),
    path("pages/<int:pk>/copies", list_page.PageCopies.as_view(), name="page_copies"),
    path("pages/<int:pk>/versions", versions.Versions.as_view(), name="versions"),
    path("pages/<int:pk>/versions/<int:number>", versions.Version.as_view(), name="version"),
    path("pages/<int:pk>/variants", variants.Variants.as_view(), name="variants"),
    path("pages/<int:pk>/variants/<slug:key>", variants.Variant.as_view(), name="variant"),
    path("pages/<int:pk>/test", comparison_page.Comparison.as_view(), name="page_test"),
    path("pages/<int:pk>/test/outcome", comparison_page.Outcome.as_view(), name="outcome"),
]

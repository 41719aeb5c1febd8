"""How a connection is set up, step by step, in words; and what each secret is called on the other side."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext_lazy as _

SECRETS: dict[str, tuple[Any, Any]] = {
    "verify_token": (_("Verify token"), _("We made it. Meta asks for it once.")),
    "app_secret": (_("App secret"), _("At Meta: your app, App settings, Basic.")),
    "access_token": (_("Access token"), _("It lets us fetch the answers. Make one that does not expire.")),
    "client_secret": (_("Client secret"), _("At LinkedIn: your app, Auth.")),
    "google_key": (_("Key"), _("We made it. Google sends it with each lead.")),
    "secret": (_("Secret"), _("Both sides know it; it proves that a call is genuine.")),
}
STEPS: dict[str, list[Any]] = {
    "meta": [
        _("At developers.facebook.com, open your app of the type Business and add the product Webhooks."),
        _("Choose the object Page, press Subscribe, and paste the address and the verify token from above."),
        _(
            "Subscribe to the field leadgen, and install the app on your page with the permissions leads_retrieval and pages_manage_metadata."
        ),
        _("Enter the app secret and a page access token below."),
        _("Send a test lead with Meta’s Lead Ads Testing Tool. It must appear among the calls within seconds."),
    ],
    "linkedin": [
        _("Your app at LinkedIn needs access to the Lead Sync API; LinkedIn grants it on request."),
        _("Enter the client secret below first: LinkedIn checks the address with it."),
        _(
            "Create a subscription for lead notifications with the address from above (leadNotifications, leadType SPONSORED)."
        ),
        _("Enter an access token with the permission r_marketing_leadgen_automation below."),
        _("Send a test lead from the form’s preview in Campaign Manager."),
    ],
    "google": [
        _("In Google Ads, open the lead form asset and unfold “Export leads from Google Ads”."),
        _("Choose webhook integration, and paste the address and the key from above."),
        _("Press “Send test data”. The test appears among the calls and makes nobody."),
    ],
    "typeform": [
        _("In Typeform, open the form: Connect, Webhooks, Add a webhook."),
        _("Paste the address, press Edit, enter the secret from above, and turn the webhook on."),
        _("Give your questions the references first_name, last_name and company, or map yours in the next tab."),
        _("Press “Send test request”, then look at the calls."),
    ],
    "calendly": [
        _(
            "Calendly takes webhooks by its API: create a webhook subscription with the address, the event invitee.created and the secret as signing_key."
        ),
        _("Book a meeting as a guest, then look at the calls."),
    ],
    "zapier": [
        _("In Zapier choose Webhooks, POST; in Make choose HTTP, Make a request."),
        _("Paste the address, choose JSON, and add the header X-Reif-Secret with the secret from above."),
        _("Name the fields email, first_name, last_name, phone, company, or map yours in the next tab."),
    ],
    "facebook_zapier": [
        _("In Zapier choose the trigger Facebook Lead Ads, New Lead, and the action Webhooks, POST."),
        _("Paste the address, choose JSON, and add the header X-Reif-Secret with the secret from above."),
        _("Send all fields; the lead’s id under the name id keeps each lead once."),
    ],
    "stripe": [
        _("In Stripe: Developers, Webhooks, Add destination, event customer.created, and the address from above."),
        _("Enter the signing secret (whsec_…) that Stripe shows below."),
    ],
    "hubspot": [
        _(
            "In HubSpot, add the action “Send a webhook” to a workflow, with the address from above and signed requests."
        ),
        _("Enter the client secret of the app that signs below."),
    ],
    "standard": [
        _("In the other software, add a webhook with the address and the secret (whsec_…) from above."),
        _("Send a test event, then look at the calls."),
    ],
    "json": [
        _("Let your software send each lead as JSON by POST to the address."),
        _("Send the secret in the header X-Reif-Secret, or choose a signature below."),
        _("Paste a sample in the next tab and say what goes where."),
    ],
}

"""Sites that send people back to us and never found them: payments, logins, confirmations."""

from __future__ import annotations

from reif.capture.sources.hosts import site_of

_PAYMENTS = frozenset({
    "paypal.com", "paypal.me", "stripe.com", "stripe.network", "klarna.com", "klarna.net", "sofort.com", "mollie.com",
    "adyen.com", "datatrans.com", "datatrans.ch", "saferpay.com", "six-payment-services.com", "payrexx.com", "wallee.com",
    "postfinance.ch", "twint.ch", "giropay.de", "paydirekt.de", "wero-wallet.eu", "worldline.com", "worldline-solutions.com",
    "computop.com", "concardis.com", "payone.com", "unzer.com", "heidelpay.com", "braintreegateway.com", "squareup.com",
    "checkout.com", "cardinalcommerce.com", "arcot.com", "3dsecure.io", "ingenico.com", "ogone.com", "sumup.com", "paddle.com",
    "2checkout.com", "gocardless.com", "billwerk.com", "wise.com", "przelewy24.pl", "eps-ueberweisung.at",
    "mastercard.com", "visa.com", "mercadopago.com", "mollie.nl", "chargebee.com",
})  # fmt: skip
_PAYMENT_HOSTS = frozenset(
    {"pay.google.com", "pay.amazon.com", "payments.amazon.de", "payments.amazon.com", "pay.apple.com"}
)
_LOGIN_HOSTS = frozenset({
    "accounts.google.com", "login.microsoftonline.com", "login.live.com", "appleid.apple.com", "login.microsoft.com",
    "account.microsoft.com", "auth.openai.com", "login.yahoo.com", "login.swissid.ch", "eduid.ch", "login.eduid.ch",
    "idp.agov.admin.ch",
})  # fmt: skip
_LOGINS = frozenset(
    {"auth0.com", "okta.com", "oktapreview.com", "onelogin.com", "amazoncognito.com", "swissid.ch", "pingone.com"}
)


def detour(host: str) -> str:
    """`payment` or `sign-in` when coming from there is coming back; empty for everybody else."""
    bare = host.removeprefix("www.")
    if bare in _PAYMENT_HOSTS or site_of(bare) in _PAYMENTS:
        return "payment"
    return "sign-in" if bare in _LOGIN_HOSTS or site_of(bare) in _LOGINS else ""

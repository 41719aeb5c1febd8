"""Why somebody's data may be processed: a fact of its own, beside the permission to write to them."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from reif.crm.models.person import Person


class BasisKind(models.TextChoices):
    """The bases of GDPR Art. 6(1) that marketing meets, the strongest first."""

    CONSENT = "consent", _("Consent")
    CONTRACT = "contract", _("Contract or steps before one")
    CUSTOMER = "legitimate_interest_customer", _("Legitimate interest: customer")
    LEAD = "legitimate_interest_lead", _("Legitimate interest: prospect")
    LEGAL = "legal_obligation", _("Legal obligation")


ARTICLES = {
    BasisKind.CONSENT: "Art. 6(1)(a)",
    BasisKind.CONTRACT: "Art. 6(1)(b)",
    BasisKind.CUSTOMER: "Art. 6(1)(f)",
    BasisKind.LEAD: "Art. 6(1)(f)",
    BasisKind.LEGAL: "Art. 6(1)(c)",
}


class Basis(models.Model):
    """From valid_from to valid_to (None: until further notice). came_from: `form:whitepaper`, `deal:7`, `import:3`,
    `hand`; evidence: a sentence, or what was asserted. inform_by: GDPR Art. 14, the last day to tell somebody whose
    data came from elsewhere; informed_at: it was done."""

    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="bases")
    kind = models.CharField(max_length=32, choices=BasisKind)
    jurisdiction = models.CharField(max_length=2, blank=True)
    came_from = models.CharField(max_length=100, blank=True)
    evidence = models.TextField(blank=True)
    valid_from = models.DateTimeField()
    valid_to = models.DateTimeField(null=True)
    actor_id = models.BigIntegerField(null=True)
    inform_by = models.DateTimeField(null=True)
    informed_at = models.DateTimeField(null=True)

    class Meta:
        indexes = [
            models.Index(fields=["person", "kind"], name="crm_basis_person"),
            models.Index(
                fields=["inform_by"], name="crm_basis_inform",
                condition=models.Q(informed_at__isnull=True, inform_by__isnull=False),
            ),
            models.Index(fields=["valid_to"], name="crm_basis_ends", condition=models.Q(valid_to__isnull=False)),
        ]  # fmt: skip

    @property
    def article(self) -> str:
        return ARTICLES[BasisKind(self.kind)]

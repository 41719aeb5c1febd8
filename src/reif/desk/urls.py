from django.urls import path

from reif.desk.views.companies import CompaniesView, CompanyView
from reif.desk.views.consents import ConsentsView, DeadlinesView, LawView
from reif.desk.views.customers import CustomersView
from reif.desk.views.filter_row import FilterRowView
from reif.desk.views.home import HomeView
from reif.desk.views.palette import PaletteView
from reif.desk.views.people import PeopleCountView, PeopleView
from reif.desk.views.person import PersonFieldsView, PersonNotesView, PersonTimelineView, PersonView
from reif.desk.views.privacy import ConsentEvidenceView, ErasureView, PersonAccountView, PersonEvidenceView
from reif.desk.views.stuck import StuckView
from reif.desk.views.why import WhyView

app_name = "desk"
urlpatterns = [
    path("", HomeView.as_view(), name="home"),
    path("people", PeopleView.as_view(), name="people"),
    path("people/count", PeopleCountView.as_view(), name="people_count"),
    path("people/filter-row", FilterRowView.as_view(), name="filter_row"),
    path("people/<int:pk>", PersonView.as_view(), name="person"),
    path("people/<int:pk>/fields", PersonFieldsView.as_view(), name="person_fields"),
    path("people/<int:pk>/notes", PersonNotesView.as_view(), name="person_notes"),
    path("people/<int:pk>/consents.pdf", PersonEvidenceView.as_view(form="pdf"), name="person_evidence_pdf"),
    path("people/<int:pk>/consents.json", PersonEvidenceView.as_view(form="json"), name="person_evidence_json"),
    path("people/<int:pk>/account.pdf", PersonAccountView.as_view(form="pdf"), name="person_account_pdf"),
    path("people/<int:pk>/account.json", PersonAccountView.as_view(form="json"), name="person_account_json"),
    path("people/<int:pk>/erasure", ErasureView.as_view(), name="person_erasure"),
    path("consents", ConsentsView.as_view(), name="consents"),
    path("consents/rules", LawView.as_view(), name="law"),
    path("consents/customers", CustomersView.as_view(), name="customers"),
    path("consents/deadlines", DeadlinesView.as_view(), name="deadlines"),
    path("consents/<int:pk>.pdf", ConsentEvidenceView.as_view(form="pdf"), name="consent_evidence_pdf"),
    path("consents/<int:pk>.json", ConsentEvidenceView.as_view(form="json"), name="consent_evidence_json"),
    path("people/<int:pk>/timeline", PersonTimelineView.as_view(), name="person_timeline"),
    path("companies", CompaniesView.as_view(), name="companies"),
    path("companies/<int:pk>", CompanyView.as_view(), name="company"),
    path("why/<int:event_id>", WhyView.as_view(), name="why"),
    path("stuck", StuckView.as_view(), name="stuck"),
    path("palette", PaletteView.as_view(), name="palette"),
]

"""What headings mean: of HubSpot, Salesforce, Pipedrive, Mautic, Odoo, Outlook, Google, and of people who write German."""

from __future__ import annotations

import re
from functools import lru_cache

from reif.kit.fold import fold

WORDS: dict[str, str] = {
    "email": """email emailaddress emailadresse mail mailadresse epost emailwork workemail businessemail primaryemail
        email1value email1address emailaddress1 emailgeschaeftlich geschaeftlicheemail kontaktemail useremail courriel
        emailadressegeschaeftlich hauptemail emailbusiness emailprivat emailhome emailnormalized smtp""",
    "first_name": """firstname givenname vorname vornamen forename prenom fname rufname first""",
    "last_name": """lastname familyname surname nachname familienname zuname nom lname last""",
    "full_name": """name fullname contactname kontaktname ansprechpartner ansprechperson contact kontakt vollername
        vollstaendigername displayname anzeigename vorundnachname vornamenachname namevorname contactperson leadname
        personname fileas fn kontaktperson""",
    "salutation": "salutation anrede civility prefix nameprefix honorificprefix",
    "title": "titel akademischertitel academictitle namenszusatz grad",
    "phone": """phone phonenumber telephone telefon telefonnummer tel phonework businessphone telefongeschaeftlich
        workphone phone1value telefondirekt direktwahl festnetz rufnummer telnr telefonnr telefon1 primaryphone
        telefonbuero companymainphone phonebusiness""",
    "mobile": """mobile mobilephone mobilephonenumber mobil mobiltelefon handy handynummer natel mobilnummer phonemobile
        cell cellphone telefonmobil mobilenumber phone2value""",
    "job_title": """jobtitle title position funktion stellenbezeichnung beruf rolle role jobposition taetigkeit
        organization1title organizationtitle function occupation funktionsbezeichnung berufsbezeichnung""",
    "company_name": """company companyname firma firmenname unternehmen unternehmensname organisation organization
        organizationname account accountname associatedcompany companyaccount primarycompany betrieb kunde arbeitgeber
        organization1name employer parentid parentidname parentname relatedcompany organisationname gesellschaft companyname1""",
    "company_domain": "companydomainname companydomain domain domainname firmendomain emaildomain",
    "website": """website websiteurl webseite homepage url web internet webadresse website1value companywebsite www
        internetadresse webpage""",
    "industry": "industry branche industrie sector wirtschaftszweig industryid sektor",
    "company_size": """numberofemployees employees noofemployees mitarbeiter mitarbeiterzahl anzahlmitarbeiter
        companysize employeecount anzahlmitarbeitende mitarbeitende unternehmensgroesse firmengroesse""",
    "revenue": "annualrevenue umsatz jahresumsatz revenue",
    "street": """street streetaddress address address1 strasse adresse strasseundhausnummer street1 businessstreet strassegeschaeftlich
        address1street mailingstreet strassehausnummer anschrift addressline1 strassenr""",
    "city": """city ort stadt town wohnort ville businesscity ortgeschaeftlich address1city mailingcity gemeinde locality""",
    "postal_code": """postalcode zip zipcode postalzipcode zippostalcode plz postleitzahl postcode businesspostalcode postleitzahlgeschaeftlich
        address1postalcode mailingpostalcode mailingzippostalcode""",
    "region": """state stateregion stateprovince region kanton bundesland province businessstate regiongeschaeftlich address1region
        mailingstate stateid mailingstateprovince canton""",
    "country": """country countryregion land staat pays businesscountryregion landregiongeschaeftlich landgeschaeftlich businesscountry address1country
        mailingcountry countryid laendercode countrycode laenderkennzeichen countryname""",
    "language": "language preferredlanguage sprache lang preferredlocale korrespondenzsprache locale languagecode",
    "timezone": "timezone zeitzone tz",
    "stage": "lifecyclestage lebenszyklusphase lebenszyklus lifecycle phase leadphase",
    "lead_status": "leadstatus status statusreason leadstatusname kontaktstatus",
    "owner": """contactowner owner leadowner recordowner ownerid personowner besitzer zustaendig verkaeufer betreuer
        kontaktbesitzer salesperson userid verantwortlich verantwortlicher accountmanager kundenbetreuer owneremail""",
    "created_at": """createdate createddate datecreated created createdon createdat erstelldatum erstelltam angelegtam
        dateadded firstcontactdate firstcontact erstkontakt personcreated personpersoncreated leadcreated erfasstam added erfassungsdatum creationdate""",
    "opt_out": """optout emailoptout hasoptedoutofemail unsubscribed unsubscribedfromallemail donotemail abgemeldet
        newsletterabgemeldet donotcontact dnc werbesperre optedout emailoptedout abmeldung keinewerbung optouted
        unsubscribedall isblacklisted blacklisted""",
    "consent_at": """optindate optinat consentdate einwilligungsdatum einwilligungam optindatum doptinam consentat
        doubleoptindate optintime confirmedat bestaetigtam""",
    "consent_source": "optinsource consentsource einwilligungsquelle optinquelle consentproof optinip einwilligungueber",
    "source": """leadsource originaltrafficsource originalsourcetype originalsource source quelle leadquelle herkunft origin
        trafficsource latesttrafficsource sourceid kontaktquelle mediumid""",
    "source_detail_1": "originalsourcedrilldown1 originaltrafficsourcedrilldown1 sourcedetail1",
    "source_detail_2": "originalsourcedrilldown2 originaltrafficsourcedrilldown2 sourcedetail2",
    "external_id": """recordid id leadid contactid personid kundennummer externalid externid kundennr kontaktid uid
        crmid datensatzid""",
    "tags": "tags tag labels label categories kategorien schlagworte schlagwoerter categoryid groupmembership gruppen",
    "note": "notes note notiz notizen bemerkung bemerkungen kommentar comment comments description beschreibung",
    "utm_source": "utmsource",
    "utm_medium": "utmmedium",
    "utm_campaign": "utmcampaign",
    "utm_term": "utmterm",
    "utm_content": "utmcontent",
}
"""Target, and its headings without blanks and signs, folded."""
_MEANINGS = {word: target for target, words in WORDS.items() for word in words.split()}
_OBJECT = re.compile(
    r"^\s*(person|contact|kontakt|lead|organi[sz]ation|company|account|firma|unternehmen|deal)\s*[-–:/.]\s*", re.I
)
_COMPANY = {"name": "company_name", "domain": "company_domain", "label": "", "labels": "", "owner": "", "id": ""}
_NOT = {"deal"}


@lru_cache(maxsize=2048)
def meaning(heading: str) -> str:
    """The target a heading stands for, or nothing. `Person - Email - Work`, `E-Mail-Adresse` and `EMAIL` are one."""
    if len(heading) > 80:
        return ""
    if found := _OBJECT.match(heading):
        what, rest = fold(found[1]), squeeze(heading[found.end() :])
        if what in _NOT:
            return ""
        if what not in ("person", "contact", "kontakt", "lead") and rest in _COMPANY:
            return _COMPANY[rest]
        if rest in _MEANINGS:
            return _MEANINGS[rest]
    return _MEANINGS.get(squeeze(heading), "")


def squeeze(heading: str) -> str:
    """Folded, letters and digits alone."""
    return re.sub(r"[^a-z0-9]+", "", fold(heading.replace("*", "")))

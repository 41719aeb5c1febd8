"""What is wrong, and what helps, in the reader's language: of files, of rows, and of values."""

from __future__ import annotations

from typing import NamedTuple

from django.utils.translation import gettext as now_in
from django.utils.translation import gettext_lazy as _


class Words(NamedTuple):
    """sentence: what is wrong; remedy: what to do."""

    sentence: str
    remedy: str


FILES: dict[str, tuple[object, object]] = {
    "missing": (_("There is no such file."), _("Check the path.")),
    "directory": (_("This is a folder, not a file."), _("Name one file in it.")),
    "unreadable": (_("The file cannot be opened."), _("Check who may read it, and whether another program holds it.")),
    "empty": (_("The file is empty."), _("Export it once more; it needs a row of headings and at least one person.")),
    "only_headings": (
        _("There are headings, but no rows below them."),
        _("Export it once more, with the people in it."),
    ),
    "too_large": (_("The file is larger than %(megabytes)s MB."), _("Cut it into parts and import them one by one.")),
    "disk_full": (
        _("The file could not be kept: only %(megabytes)s MB are free on the server."),
        _("Make room on the disk, then upload it again. Nothing was changed."),
    ),
    "pdf": (_("This is a PDF, whatever its name says."), _("Export the list as CSV or XLSX instead.")),
    "html": (
        _("This is a web page, not a table."),
        _("Often the export had run out of time: sign in there and export again."),
    ),
    "json": (_("This is JSON, which the import cannot read."), _("Export CSV or XLSX, or use the REST API for JSON.")),
    "archive": (_("This is an archive, not a workbook."), _("Unpack it and upload the file inside.")),
    "binary": (_("This is no text and no workbook."), _("Export the list as CSV, XLSX or vCard.")),
    "workbook": (
        _("The workbook is damaged or cannot be read."),
        _("Open it in your spreadsheet and save it as XLSX or CSV again."),
    ),
    "locked": (_("The workbook is protected by a password."), _("Save a copy without a password.")),
    "bomb": (
        _("Unpacked, this workbook would be %(megabytes)s MB: it is refused unread."),
        _("Save the sheet as CSV; a CSV file may be as large as you like."),
    ),
    "no_sheet": (_("There is no sheet “%(sheet)s”."), _("Choose one of: %(sheets)s.")),
    "columns": (
        _("The file has %(count)s columns; 500 are the most."),
        _("Leave out the columns that you do not need."),
    ),
    "no_email": (
        _("No column is taken for the e-mail address, and none for an id."),
        _("Choose which column holds the address, or the id of the other system: people are known by them."),
    ),
    "no_company": (
        _("No column is taken for the name of the company, and none for its domain."),
        _("Choose which column holds the name or the domain: companies are known by them."),
    ),
    "basis": (
        _("It is not said on which legal basis these people may be processed."),
        _("Answer that question first; nothing is assumed."),
    ),
    "evidence": (
        _("It is said that these people may be written to, but not how that can be proven."),
        _("Say in a sentence where, when and with which words they agreed."),
    ),
    "failed": (
        _("The import stopped at an unexpected error: %(error)s"),
        _("What was taken over is there and can be undone."),
    ),
}
ROWS: dict[str, tuple[object, object]] = {
    "broken_quotes": (_("A quotation mark is opened and never closed."), _("Remove it, or write it twice.")),
    "too_long_line": (
        _("The row is longer than a million characters."),
        _("Remove what does not belong into a table."),
    ),
    "ragged": (
        _("The row has more cells than there are headings."),
        _("A delimiter stands inside of a value: put that value in quotation marks."),
    ),
    "address_empty": (_("There is no e-mail address."), _("Add it: people are known by it.")),
    "neither": (
        _("There is neither an e-mail address nor an id."),
        _("Add one of them: people are known by it."),
    ),
    "address_no_at": (_("The e-mail address has no @."), _("Correct the address.")),
    "address_many_ats": (_("The e-mail address has more than one @."), _("One address in each row; correct it.")),
    "address_too_long": (_("The e-mail address is too long to be one."), _("Correct the address.")),
    "address_line_break": (_("The e-mail address is broken over two lines."), _("Correct the address.")),
    "address_domain": (
        _("What stands behind the @ cannot be a domain."),
        _("Correct the address, as in name@company.com."),
    ),
    "address_local": (
        _("What stands before the @ cannot be a mailbox."),
        _("Umlauts and blanks are not possible there."),
    ),
    "repeated": (_("Row %(value)s has the same address and came first."), _("Merge the two rows, if they differ.")),
    "forgotten": (
        _("The owner of this address asked to be forgotten."),
        _("Only a new form or an enquiry of their own brings them back."),
    ),
    "repeated_company": (
        _("Row %(value)s names the same company and came first."),
        _("Merge the two rows, if they differ."),
    ),
    "nameless": (
        _("There is neither a name nor a domain."),
        _("Add one of them: companies are known by it."),
    ),
    "unclear": (
        _("More than one company is called “%(value)s”."),
        _("Add its domain, or its country, so that it is clear which one is meant."),
    ),
    "free_mail": (
        _("This is the domain of a mail provider, not of a company."),
        _("Write the company’s own domain, or leave the cell empty."),
    ),
    "parent_unclear": (
        _("More than one company is called what this one should belong to."),
        _("Write the domain of the parent company instead of its name."),
    ),
    "parent_self": (_("A company cannot belong to itself."), _("Correct the parent company, or leave the cell empty.")),
    "phone": (_("This is no telephone number."), _("Write it with the code of the country, as in +41 44 123 45 67.")),
    "phone_power": (
        _("The spreadsheet has made a power of ten of the number; its last digits are lost."),
        _("Format the column as text and export it again."),
    ),
    "country": (_("This is no country that we know."), _("Write its name, or its code as in CH.")),
    "language": (_("This is no language that we know."), _("Write its name, or its code as in de.")),
    "date": (_("This is no date."), _("Write 31.12.2025 or 2025-12-31.")),
    "date_order": (
        _("This date can be read in two ways: the day or the month may stand first."),
        _("Say which of them does, or write it as 2025-12-31."),
    ),
    "several": (
        _("There are several addresses; the first was taken, these were not: %(value)s"),
        _("Add them to the person if they are needed."),
    ),
    "date_range": (_("This date lies in the future, or before 1970."), _("Correct the year.")),
    "number": (_("This is no number."), _("Write digits alone.")),
    "url": (_("This is no address of a website."), _("Write it as in www.company.com.")),
    "stage": (
        _("This is none of the stages."),
        _("Write subscriber, lead, MQL, SAL, SQL, opportunity, customer or evangelist."),
    ),
    "choice": (_("This value cannot be understood."), _("Write yes or no.")),
    "owner": (_("Nobody here has this address."), _("Write the address with which the colleague signs in.")),
    "too_long": (
        _("The text is too long for this field."),
        _("Shorten it; often the cells of the row are out of place."),
    ),
    "damaged": (_("The text has characters that cannot be read."), _("Export the file as UTF-8 and import it again.")),
}


def file_words(key: str, values: dict[str, str]) -> Words:
    """About a file that cannot be read."""
    return _words(FILES.get(key, FILES["failed"]), {"error": key} | values)


def row_words(key: str, value: str = "") -> Words:
    """About a row, or a value of it."""
    return _words(ROWS[key], {"value": value})


def _words(pair: tuple[object, object], values: dict[str, str]) -> Words:
    sentence, remedy = (str(part) for part in pair)
    return Words(sentence % values if "%(" in sentence else sentence, remedy % values if "%(" in remedy else remedy)


def skipped_heading() -> tuple[str, str, str, str]:
    """The headings that a skip file adds."""
    return now_in("Row"), now_in("What happened"), now_in("Reason"), now_in("Remedy")

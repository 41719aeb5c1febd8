"""What a company says in public: articles, landing pages, webinars, and files worth an address.

Hears form.submitted, to count it for the variant of the page it came from, and its own timers.
Publishes what is written in the browser or in files, renders it as light pages, and sets whitepapers as PDF.
Says content.published, content.withdrawn, page.closed and page.won; what visitors do on the pages is said by the door and by capture.
Counts views and submissions for the people who write, straight from the log.
"""

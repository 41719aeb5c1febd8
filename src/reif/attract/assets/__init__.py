"""Files worth an address: whitepapers, e-books, infographics, checklists."""

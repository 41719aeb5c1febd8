"""E-mail: from a letter to the mail server, and back from the reader's click."""

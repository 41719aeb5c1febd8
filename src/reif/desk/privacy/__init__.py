"""What people have a right to: the proof of a consent, an account of their data, and to be forgotten."""

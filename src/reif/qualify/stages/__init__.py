"""Who deserves a stage, who keeps it, and who goes back."""

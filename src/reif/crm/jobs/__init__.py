"""What a job title says: in which department somebody works, and on which level."""

"""What the law and the house ask of whoever writes: own rules, purposes, who the sender is, how long data stay."""

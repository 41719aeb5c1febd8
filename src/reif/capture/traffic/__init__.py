"""How many people looked at what, and where they came from: visitors counted, and those apart whom nobody should count."""

"""The data that are needed of people: how complete, how good and how fresh they are, person by person and all together."""

"""How every model here learns: members that err differently, blended on rows that none of them has seen."""

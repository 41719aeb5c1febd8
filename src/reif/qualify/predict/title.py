"""What a job title says of department and level, in German and English; enough for a chance, not for an address."""

from __future__ import annotations

import re
from functools import lru_cache

from reif.kit.fold import fold

LEVELS = (
    ("owner", r"\b(ceo|cto|cfo|cmo|coo|chro|cio|owner|founder|inhaber(in)?|gruender(in)?|geschaeftsfuehr\w*|chief|managing director|vorstand\w*|partner)\b"),
    ("head", r"\b(head|vp|vice president|director|direktor(in)?|leiter(in)?|leitung|\w*leiter(in)?|bereichs\w*|chef(in)?)\b"),
    ("manager", r"\b(manager(in)?|lead|teamlead\w*|verantwortlich\w*|\w*manager(in)?)\b"),
    ("learner", r"\b(student(in)?|praktikant(in)?|intern|trainee|werkstudent(in)?|lernende\w*|azubi)\b"),
)  # fmt: skip
DEPARTMENTS = (
    ("people", r"(\bhr\b|human resources|personal|people|recruit|talent|chro)"),
    ("marketing", r"(marketing|\bcmo\b|brand|kommunikation|content)"),
    ("sales", r"(sales|vertrieb|verkauf|account|business development)"),
    ("it", r"(\bit\b|software|engineer|entwickl|devops|\bcto\b|\bcio\b|informatik|developer|technology|technik)"),
    ("finance", r"(finan|\bcfo\b|controll|buchhalt|account(ing|ant)|treuh)"),
    ("operations", r"(operation|\bcoo\b|logisti|einkauf|procurement|produktion|supply)"),
    ("management", r"(\bceo\b|geschaeftsfuehr|owner|inhaber|founder|managing director|vorstand)"),
)  # fmt: skip
_LEVELS = [(name, re.compile(pattern)) for name, pattern in LEVELS]
_DEPARTMENTS = [(name, re.compile(pattern)) for name, pattern in DEPARTMENTS]


@lru_cache(maxsize=20_000)
def department_and_level(title: str) -> tuple[str, str]:
    """Empty texts for no title; `other` and `staff` when nothing is recognised."""
    text = fold(title)
    if not text.strip():
        return "", ""
    department = next((name for name, pattern in _DEPARTMENTS if pattern.search(text)), "other")
    return department, next((name for name, pattern in _LEVELS if pattern.search(text)), "staff")

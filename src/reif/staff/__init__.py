"""Who works here: people with a role, their teams, hours and absences, and what each may see.

Hears nothing; says nothing.
Gives every page its shell, its navigation and its rights: a view states which roles may open it.
Keeps working hours, holidays and absences, so that routing and SLAs count only the time in which somebody works.
Signs people in through django-allauth; nobody can sign up alone.
"""

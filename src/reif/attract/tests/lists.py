"""Lists of attendees as meeting tools write them."""

ZOOM_WEBINAR = """Attendee Report
Report Generated:,"Nov 20, 2026 11:05 AM"
Topic,Webinar ID,Actual Start Time,Actual Duration (minutes),# Registered,# Cancelled,Unique Viewers,Total Users,Max Concurrent Views
Recruiting-Trends,812 3456 7890,"Nov 20, 2026 9:55 AM",57,4,0,3,4,3
Host Details,
Attended,User Name (Original Name),Email,Join Time,Leave Time,Time in Session (minutes),Is Guest,Country/Region Name
Yes,Talentwerk,host@talentwerk.example,"Nov 20, 2026 9:55 AM","Nov 20, 2026 10:52 AM",57,No,Switzerland
Panelist Details,
Attended,User Name (Original Name),Email,Join Time,Leave Time,Time in Session (minutes),Is Guest,Country/Region Name
Yes,Simon Keller,simon@talentwerk.example,"Nov 20, 2026 9:56 AM","Nov 20, 2026 10:52 AM",56,Yes,Switzerland
Attendee Details,
Attended,User Name (Original Name),First Name,Last Name,Email,Registration Time,Approval Status,Join Time,Leave Time,Time in Session (minutes),Is Guest
Yes,Anna Muster,Anna,Muster,Anna@Firma.example,"Nov 10, 2026 8:00 AM",approved,"Nov 20, 2026 10:00:00 AM","Nov 20, 2026 10:20:00 AM",20,Yes
Yes,Anna Muster,Anna,Muster,anna@firma.example,"Nov 10, 2026 8:00 AM",approved,"Nov 20, 2026 10:30:00 AM","Nov 20, 2026 10:45:00 AM",15,Yes
Yes,Anna (Handy),Anna,Muster,anna@firma.example,"Nov 10, 2026 8:00 AM",approved,"Nov 20, 2026 10:10:00 AM","Nov 20, 2026 10:20:00 AM",10,Yes
No,Beat Beispiel,Beat,Beispiel,beat@firma.example,"Nov 11, 2026 8:00 AM",approved,--,--,--,--
"""
ZOOM_MEETING = """Meeting ID,Topic,Start Time,End Time,User Email,Duration (Minutes),Participants
812 3456 7890,Recruiting,11/20/2026 09:55:00 AM,11/20/2026 10:52:00 AM,host@talentwerk.example,57,2

Name (Original Name),User Email,Join Time,Leave Time,Duration (Minutes),Guest,Recording Consent
Anna Muster,anna@firma.example,11/20/2026 10:00:00 AM,11/20/2026 10:45:00 AM,45,Yes,
"Tablet, Sitzungszimmer",,11/20/2026 10:00:00 AM,11/20/2026 10:05:00 AM,5,Yes,
"""
TEAMS = """1. Summary
Meeting title\tRecruiting-Trends
Attended participants\t3
Start time\t11/20/26, 9:58:12 AM
End time\t11/20/26, 10:46:40 AM
Meeting duration\t48m 28s
Average attendance time\t36m 2s

2. Participants
Name\tFirst Join\tLast Leave\tIn-Meeting Duration\tEmail\tParticipant ID (UPN)\tRole
Simon Keller\t11/20/26, 9:58:12 AM\t11/20/26, 10:46:40 AM\t48m 28s\tsimon@talentwerk.example\tsimon@talentwerk.example\tOrganizer
Anna Muster\t11/20/26, 10:00:02 AM\t11/20/26, 10:45:50 AM\t45m 48s\tanna@firma.example\tanna@firma.example\tPresenter
Beat Beispiel (Gast)\t11/20/26, 10:03:00 AM\t11/20/26, 10:16:00 AM\t13m\t\t\tPresenter

3. In-Meeting Activities
Name\tJoin Time\tLeave Time\tDuration\tEmail\tRole
Simon Keller\t11/20/26, 9:58:12 AM\t11/20/26, 10:46:40 AM\t48m 28s\tsimon@talentwerk.example\tOrganizer
Anna Muster\t11/20/26, 10:00:02 AM\t11/20/26, 10:45:50 AM\t45m 48s\tanna@firma.example\tPresenter
"""
TEAMS_DE = """1. Zusammenfassung
Besprechungstitel\tRecruiting-Trends
Teilnehmer\t1

2. Teilnehmer
Name\tErster Beitritt\tLetztes Verlassen\tBesprechungsdauer\tE-Mail\tTeilnehmer-ID (UPN)\tRolle
Anna Muster\t20.11.26, 10:00:02\t20.11.26, 11:02:32\t1 Std. 2 Min. 30 Sek.\tanna@firma.example\tanna@firma.example\tReferent

3. Aktivitäten in der Besprechung
Name\tBeitrittszeit\tVerlassen\tDauer\tE-Mail\tRolle
Anna Muster\t20.11.26, 10:00:02\t20.11.26, 11:02:32\t1 Std. 2 Min. 30 Sek.\tanna@firma.example\tReferent
"""
MEET = """First name,Last name,Email,Duration,Time joined,Time exited
Anna,Muster,anna@firma.example,1 hr 2 min,10:00 AM,11:02 AM
Beat,,beat@firma.example,45 min,10:00 AM,10:45 AM
"""
GOTO = """Generated,"Nov 20, 2026 11:05 AM CET"
General Information
Webinar Name,Webinar ID
Recruiting-Trends,123-456-789

Attendee Details
Attended,Interest Rating,Last Name,First Name,Email Address,Registration Date/Time,Join Time,Leave Time,Time in Session
Yes,85,Muster,Anna,anna@firma.example,"Nov 10, 2026 8:00 AM CET","Nov 20, 2026 10:00 AM CET","Nov 20, 2026 10:45 AM CET",45 minutes
No,0,Beispiel,Beat,beat@firma.example,"Nov 11, 2026 8:00 AM CET",--,--,--
"""

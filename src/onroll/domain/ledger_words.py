"""What the ledger's verbs and the looks' pages say in words. The words follow the person's name.

A verb is stored for ever: it may be given better words, and is never taken off this table.
"""

from collections.abc import Mapping
from types import MappingProxyType

VERBS: Mapping[str, str] = MappingProxyType(
    {
        # signing in
        "signed-in": "signed in",
        "signed-out": "signed out",
        "sign-in-failed": "an attempt to sign in failed",
        "password-changed": "changed the password",
        "second-step-added": "added a second step to the sign-in",
        "second-step-removed": "removed a second step from the sign-in",
        "recovery-codes-renewed": "made new recovery codes",
        "other-sessions-ended": "ended other sessions",
        # people
        "person-invited": "invited somebody",
        "invitation-sent-again": "sent an invitation again",
        "invitation-withdrawn": "withdrew an invitation",
        "invitation-accepted": "accepted an invitation",
        "roles-changed": "changed somebody’s roles",
        "access-ended": "ended somebody’s access",
        "access-given-back": "gave somebody’s access back",
        "second-step-forgotten": "let somebody set up a new second step",
        # the school
        "school-added": "added the school",
        "school-renamed": "renamed the school",
        "school-counting-changed": "changed how the school counts",
        "year-group-added": "added a year group",
        "year-group-renamed": "renamed a year group",
        "year-group-moved": "moved a year group",
        "tutor-group-renamed": "renamed a tutor group",
        "code-meaning-added": "gave one of the school’s own codes a meaning",
        "code-meaning-removed": "removed the meaning of one of the school’s own codes",
        # the calendar
        "calendar-entry-added": "added to the calendar",
        "calendar-entry-changed": "changed the calendar",
        "calendar-entry-withdrawn": "withdrew something from the calendar",
        "calendar-entry-restored": "put something back into the calendar",
        "calendar-brought-in": "brought in a calendar",
        # files
        "import_brought": "brought in a file",
        "import_columns_chosen": "said which column of a file is what",
        "import_columns_reopened": "asked for the columns of a file again",
        "import_reading": "began to read a file",
        "import_staged": "laid a part of a file ready",
        "import_read": "read a file to its end",
        "import_read_again": "had a file read again",
        "import_started_again": "had the work on a file started again",
        "import_failed": "could not read a file",
        "import_approved": "approved a file",
        "import_handed_back": "handed a file back to be looked at again",
        "import_applied": "wrote a file into the register",
        "import_cancelled": "cancelled a file",
        "import_cleared": "deleted a file that was no longer needed",
        "import_undo_asked": "asked for a file to be undone",
        "import_undone": "undid a file",
        "import_undo_left": "left a file as it is, because it could not be undone",
        "roll_questions_answered": "said which pupils of a roll are known here",
        "roll_applied": "wrote a roll",
        "missing_pupil_still_here": "said that a pupil missing from the roll is still here",
        "missing_pupil_left": "said that a pupil missing from the roll has left",
        "missing_pupil_taken_back": "took back that a pupil has left",
        "codes_explained": "said what the codes of a file mean",
        "code_forgotten": "took back what a code means",
        # the count
        "recounted": "counted the registers again",
        "swept": "judged the duties again",
        "taken-off-watch": "took a pupil off Watch",
        "put-back-on-watch": "put a pupil back on Watch",
        # cases
        "case-opened": "opened a case",
        "case-moved": "moved a case on",
        "case-closed": "closed a case",
        "case-reopened": "reopened a case",
        "case-need-changed": "changed what is known of the need",
        # what is written on a case
        "contact-recorded": "recorded a contact",
        "decision-recorded": "recorded a decision",
        "note-recorded": "recorded a note",
        "document-added": "added a document",
        "document-refused": "brought a document in which the virus scanner found something",
        "entry-corrected": "corrected something on a timeline",
        "entry-withdrawn": "withdrew something from a timeline",
        # who is responsible
        "case-arranged": "changed who provides education",
        "arrangement-withdrawn": "took back who provides education",
        "statement-issued": "issued the statement of who is responsible",
        "statement-withdrawn": "took back the statement of who is responsible",
        "statement-acknowledged": "recorded that the family has read the statement",
        "statement-acknowledged-by-link": "the family said by a link that they have read the statement",
        "statement-read": "read the statement of who is responsible",
        "statement-explained": "recorded that the statement was explained to the pupil",
        "statement-link-made": "made a link for the family",
        "statement-link-opened": "the family opened a link",
        "statement-link-withdrawn": "ended a link for the family",
        "receipt-withdrawn": "took back who has had the statement",
        "understanding-judged": "judged whether the pupil is to be told themselves",
        # people round a case
        "team-member-added": "put somebody on a case team",
        "team-deputy-changed": "changed who stands in on a case team",
        "team-member-ended": "ended somebody’s time on a case team",
        "days-away-recorded": "recorded days on which somebody is away",
        "days-away-withdrawn": "took back days on which somebody is away",
        "cases-handed-over": "handed somebody’s cases to a colleague",
        "family-taken-over": "took a pupil’s contacts over from the roll",
        "family-member-added": "added somebody to a pupil’s family",
        "family-member-changed": "changed what is known of a pupil’s family",
        "family-member-withdrawn": "took somebody out of a pupil’s family",
        "professional-added": "added a professional to a case",
        "professional-changed": "changed what is known of a professional",
        "professional-withdrawn": "took a professional off a case",
        "siblings-confirmed": "confirmed that two pupils are siblings",
        "siblings-withdrawn": "took back that two pupils are siblings",
        # a death
        "death-recorded": "recorded that a pupil has died",
        "death-withdrawn": "took back that a pupil has died",
        # leaving the roll
        "leaving-proposed": "proposed that a pupil leaves the roll",
        "leaving-decided": "decided whether a pupil leaves the roll",
        "leaving-withdrawn": "took back a proposal that a pupil leaves the roll",
        "leaving-carried-out": "ended a pupil’s time on roll as agreed",
        # e-mail
        "message-taken": "took an e-mail in hand",
        "message-sent": "sent an e-mail",
        "message-put-off": "could not send an e-mail, and will try again",
        "message-stopped": "stopped an e-mail",
        "message-tried-again": "had an e-mail tried again",
        "digests-queued": "queued what is due, as e-mail",
        "escalation-queued": "queued word of what is long overdue",
        "digest-chosen": "chose how often to be written to",
        # today and oversight
        "duty-put-off": "put a duty of a case off",
        "school-duty-put-off": "put a duty of the school off",
        "duty-taken-up": "took up a duty of a case that was put off",
        "school-duty-taken-up": "took up a duty of the school that was put off",
        "month-signed": "signed the monthly check of all cases",
        "month-withdrawn": "took back a monthly check",
        # packs
        "policy-version-begun": "began a version of the policy",
        "policy-version-entered": "entered an earlier version of the policy",
        "policy-version-withdrawn": "withdrew a version of the policy",
        "policy-reviewed": "recorded a review of the policy",
        "policy-sent-to-governors": "recorded that the policy went to the governors",
        "policy-returned": "recorded that the governors returned the policy",
        "policy-approved": "recorded the approval of the policy",
        "policy-published": "published the policy",
        "policy-step-withdrawn": "withdrew a step of the policy",
        "policy-read": "read the policy",
        "policy-reminders-queued": "reminded people of the policy’s review",
        "officer-confirmed": "confirmed the authority’s designated officer",
        "briefing-recorded": "recorded a briefing of staff",
        "briefing-withdrawn": "withdrew a briefing of staff",
        "guidance-checked": "looked whether guidance is still current",
        "linked-policies-checked": "looked at the linked policies",
        "difference-answered": "said what the school does where its policy and guidance differ",
        "pack-put-in-use": "put a policy pack or an authority profile in use",
        "pack-ended": "ended the use of a policy pack",
        "pack-withdrawn": "took back a policy pack that had not begun to apply",
        # the system
        "looks-sealed": "sealed looks",
        "looks-exported": "downloaded the list of looks",
        "changes-exported": "downloaded the list of changes",
        "backup-begun": "began a backup",
        "backup-made": "made a backup",
        "restored": "brought back a backup",
        "keys-rotated": "put stored text under the newest key",
        "demo-begun": "began to make the demonstration school",
        "demo-school-made": "made a demonstration school",
    }
)

# What a look says of the page: the words follow "looked at".
PAGES: Mapping[str, str] = MappingProxyType(
    {
        "today": "Today",
        "put-off": "duties that were put off",
        "put-off-form": "putting a duty off",
        "oversight": "Oversight",
        "oversight-list": "a list of Oversight",
        "monitor": "the monthly check",
        "watch": "Watch",
        "watch-file": "Watch, as a file",
        "watch-quiet": "pupils off Watch",
        "not-a-case": "“Not a health case”",
        "pupil": "the pupil’s record",
        "search": "a search for pupils",
        "recount": "what a change moved",
        "import-columns": "the first lines of a register file",
        "import-marks": "marks of a register file",
        "import-problems": "problem lines of a register file",
        "import-rejected": "problem lines of a register file, as a file",
        "amendments": "changed marks",
        "code-queries": "marks to look at",
        "code-queries-file": "marks to look at, as a file",
        "roll": "what a roll file would change",
        "roll-questions": "pupils in question in a roll file",
        "roll-problems": "problem lines of a roll file",
        "roll-changes": "what a roll file changed",
        "roll-missing": "pupils missing from the roll",
        "case-people": "the people round a case",
        "case-roll": "the roll page of a case",
        "cover": "cases of a colleague",
        "death": "the page on which a death is recorded",
        "responsible": "who is responsible for a pupil",
        "responsible-paper": "the statement of who is responsible, on paper",
        "cases": "Cases",
        "cases-file": "Cases, as a file",
        "case-open": "opening a case",
        "case": "a case",
        "case-duties": "the duties of a case",
        "case-history": "the history of a case",
        "case-move": "moving a case on",
        "case-need": "the need behind a case",
        "timeline": "the timeline of a case",
        "timeline-entry": "an entry on the timeline of a case",
        "timeline-write": "a form to record something on a case",
        "timeline-print": "the timeline of a case, to be printed",
        "document": "a document of a case, downloaded",
        "policy-behind": "pupils behind a count of the policy",
    }
)

# The first part of a subject ("pupil:12") in words.
SUBJECTS: Mapping[str, str] = MappingProxyType(
    {
        "pupil": "pupil",
        "case": "case",
        "user": "person",
        "invitation": "invitation",
        "school": "school",
        "year-group": "year group",
        "tutor-group": "tutor group",
        "code-meaning": "code",
        "calendar-day": "calendar entry",
        "calendar-year": "calendar",
        "import": "file",
        "pack": "pack in use",
        "message": "e-mail",
        "policy": "version of the policy",
    }
)


def verb_in_words(verb: str) -> str:
    """What somebody did; a verb that has no words yet is shown as it is stored."""
    return VERBS.get(verb, verb.replace("-", " ").replace("_", " "))


def page_in_words(page: str) -> str:
    """Which page a look was at."""
    return PAGES.get(page, page.replace("-", " "))


def subject_in_words(subject: str) -> str:
    """What a change was made to: "pupil 12"; empty when it says nothing."""
    kind, _, number = subject.partition(":")
    return f"{SUBJECTS.get(kind, kind.replace('-', ' '))} {number}".strip()

"""Every permission, with the words that a refusal and the reference page use."""

from enum import StrEnum


class Permission(StrEnum):
    """One thing a role may do. The value is stable: it may be stored."""

    words: str

    def __new__(cls, value: str, words: str) -> "Permission":
        member = str.__new__(cls, value)
        member._value_ = value
        member.words = words
        return member

    SCHOOL_SEE = "school-see", "open this school in Onroll"
    TODAY_SEE = "today-see", "see what needs doing today"
    WATCH_SEE = "watch-see", "see which pupils are missing education for health reasons"
    WATCH_JUDGE = "watch-judge", "say that a pupil's absence is not a health case"
    PUPIL_SEE = "pupil-see", "open a pupil's record"
    CASE_SEE = "case-see", "open a case"
    CASE_OPEN = "case-open", "start a case for a pupil"
    CASE_WORK = "case-work", "record something on a case"
    CASE_MOVE = "case-move", "move a case on, or close it"
    CASE_TEAM = "case-team", "say who is on a case and who stands in"
    MEDICAL_SEE = "medical-see", "see medical information"
    SAFEGUARDING_SEE = "safeguarding-see", "see references to safeguarding records"
    DEATH_RECORD = "death-record", "record that a pupil has died"
    LEAVING_PROPOSE = "leaving-propose", "propose that a pupil with a case leaves the roll"
    LEAVING_DECIDE = "leaving-decide", "decide that a pupil with a case leaves the roll"
    POLICY_SEE = "policy-see", "see how the school keeps its policy"
    POLICY_EDIT = "policy-edit", "keep the policy register"
    PACKS_EDIT = "packs-edit", "choose policy packs and the authority profile"
    OVERSIGHT_SEE = "oversight-see", "oversee every case of the school"
    MONITOR_SIGN = "monitor-sign", "sign the monthly check of all cases"
    REGISTER_SEE = "register-see", "see registers and code queries"
    REGISTER_IMPORT = "register-import", "bring in attendance"
    ROLL_IMPORT = "roll-import", "bring in the roll"
    CALENDAR_SEE = "calendar-see", "see the school calendar"
    CALENDAR_EDIT = "calendar-edit", "change the school calendar"
    SCHOOL_EDIT = "school-edit", "change the school's settings"
    PEOPLE_MANAGE = "people-manage", "invite people and change roles"
    LOOKS_SEE = "looks-see", "see who looked at a record and who changed it"
    SYSTEM_SEE = "system-see", "see the health of the system"

"""Cases: the case itself, the people round it, what happened on it, and who is responsible."""

from onroll.records.cases.models.case import Arrangement, Case, CaseMove
from onroll.records.cases.models.people import Away, FamilyMember, Member, Professional, Sibling
from onroll.records.cases.models.roll import LeavingProposal
from onroll.records.cases.models.statements import Receipt, Statement, StatementLink, Understanding
from onroll.records.cases.models.timeline import ContactMade, Decision, Document, Note

__all__ = [
    "Arrangement", "Away", "Case", "CaseMove", "ContactMade", "Decision", "Document", "FamilyMember",
    "LeavingProposal", "Member", "Note", "Professional", "Receipt", "Sibling", "Statement", "StatementLink",
    "Understanding",
]  # fmt: skip

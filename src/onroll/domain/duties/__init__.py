"""Duties: facts in, findings out. Each duty of a policy pack is judged by one small pure evaluator."""

from onroll.domain.duties.evaluate import EVALUATORS, evaluate
from onroll.domain.duties.facts import CaseFacts, SchoolFacts
from onroll.domain.duties.finding import Finding, Looked, Status

__all__ = ["EVALUATORS", "CaseFacts", "Finding", "Looked", "SchoolFacts", "Status", "evaluate"]

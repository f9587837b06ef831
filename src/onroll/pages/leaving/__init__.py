"""The roll page of a case: the guard, a proposal to leave, the headteacher's decision."""

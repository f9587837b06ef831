"""Findings: made again in the transaction of whatever changed what they rest on."""

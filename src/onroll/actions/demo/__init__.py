"""Invented schools, pupils and registers: to try Onroll, to look at it, and to measure it."""

from onroll.actions.demo.build import SIGN_INS, make_demo

__all__ = ["SIGN_INS", "make_demo"]

"""Paper: tagged PDFs that a screen reader can read, made from our own templates.

`render("statement", {...})` is all that others need. A template is a `.typ` file in this folder; it reads `data`
and lays it out with `house.typ`. Every template takes the keys of `house.typ: page-of`.
"""

from onroll.queries.paper.engine import Paper, press, render

__all__ = ["Paper", "press", "render"]

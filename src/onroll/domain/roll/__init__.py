"""The roll that a school brings as a file: find the columns, read the lines, say who is meant and what would change.

The rows come from `queries.tables`; nothing here opens a file or asks a database.
"""

"""The employer's files, read into the roster: see docs/roster-file.md for every column.

`roster.load` and `agencies.load` are the doors; the commands `import_roster` and `import_agencies` only print.
"""

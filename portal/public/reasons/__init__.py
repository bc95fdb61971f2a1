"""The reasons people are offered as they type, from one readable list to one file a language for browsers.

The files are small enough to search in the browser, so nothing typed leaves it before the person chooses Next.
"""

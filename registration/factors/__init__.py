"""The second step: what an account may prove it with, and the pages that ask for it."""

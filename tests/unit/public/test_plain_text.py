from portal.public.plain_text import Block, blocks

TEXT = """
First line
goes on.

## Rules\r
\r
- one
- two

- not a list
because of this line
"""


def test_blocks():
    assert list(blocks(TEXT)) == [
        Block("paragraph", ("First line goes on.",)),
        Block("heading", ("Rules",)),
        Block("list", ("one", "two")),
        Block("paragraph", ("- not a list because of this line",)),
    ]

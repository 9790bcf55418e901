"""The self-audit: what stands in an index that would make a published figure or rating wrong.

Each module looks for one kind of thing and yields findings; nothing is ever changed.
"""

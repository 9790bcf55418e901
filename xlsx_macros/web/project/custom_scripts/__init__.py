"""Scripts of xlwings-server: none, since our buttons have routes of their own."""

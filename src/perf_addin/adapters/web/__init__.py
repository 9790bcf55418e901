"""The add-in for Excel on the web, Mac and Windows: xlwings-server with our manifest and pane."""

"""Word documents: templates checked and filled. Needs the extra `paper`."""

"""The trend of every indicator: direction of travel, variation, assurance, year-end projection."""

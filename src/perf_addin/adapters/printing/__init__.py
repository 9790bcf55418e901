"""A page as a PDF, by a program that is on the machine anyway."""

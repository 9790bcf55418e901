"""Files on disk, whatever they hold: put in their place whole or not at all."""

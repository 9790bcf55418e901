"""Next year's index out of this year's: figures move on, months are emptied, targets carried."""

"""The add-in in a person's own Excel: installed, taken out again, and looked over."""

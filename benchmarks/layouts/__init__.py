"""A generator of layouts: one unit's money, set in any of many forms, with the truth beside it."""

"""Documents checked together: departments with their units, years with years, plans with accounts.

What the documents given print of the same quantity is joined as observations; shapes/across.ttl
judges. Nothing is concluded about documents that were not given.
"""

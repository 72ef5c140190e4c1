"""Tables: which column means what, which row means what, and so what every cell measures.

What a table is comes from its title, header paths, units and codes, never from its number or from
the position of a column. `columns` reads the header, `rows` the row labels, `cells` joins both to
facts, `sums` states the equations that the layout implies.
"""

"""A generator of layouts: one unit's money, set in any of many forms, with the truth beside it.

model       money as lines in 分; what a key measures is a sum over them
draw_money  a unit's money drawn by seed
choices     the choices that make a layout, independent of each other
statements  the standard tables before any layout: what rows and columns say of a key
keys, setting, prose   statements set in a layout: naming columns, headers, sentences
rendering   the whole document, and render_* its file in each format
truth       what a reader must bind, from the blocks that were set, never from a reader
slips       dirty twins
unread      the choices that today's reader does not hold (unread.toml)
measure, report        what the reader makes of it, for `make bench`
"""

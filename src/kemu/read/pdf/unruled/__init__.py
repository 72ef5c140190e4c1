"""Tables that no upright rules divide: rows and columns from how their texts line up.

`bands` finds the stretches of lines that may be parts of a table, `columns` the columns of all
parts together, `heads` what the head's texts stand over, `body` which lines are one row; `tables`
puts them into fragments. Where they do not agree the lines stay prose: a number in a wrong column
is worse than a number in none.
"""

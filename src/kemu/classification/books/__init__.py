"""The yearly book 政府收支分类科目 as a user has it: read, checked, compared."""

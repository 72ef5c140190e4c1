"""What every reader fills: blocks in reading order, captions, grids, lines, compared text."""

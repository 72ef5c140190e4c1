"""The tables of data/codes and what stands in them: concepts, names, how a spelling differs."""

"""What a document prints, as values: the one vocabulary that all other modules speak.

`document` is what a reader fills (paragraphs, tables, places); `facts` is what extraction
observes in it (facts, equations, claims, terms, mentions, spans); `findings` is what the
shapes say about that. Nothing here depends on any other module of Kemu.
"""

"""From files, folders and archives to what became of every document, in one or more processes."""

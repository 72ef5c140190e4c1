"""A store in other forms: RDF files, tables, code lists, a data cube."""

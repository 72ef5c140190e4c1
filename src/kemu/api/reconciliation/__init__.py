"""The reconciliation service, with which OpenRefine finds the codes of a table."""

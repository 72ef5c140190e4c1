"""The classification as SKOS and XKOS."""

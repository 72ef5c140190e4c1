"""Word documents: .docx by its XML, .doc and .rtf by way of LibreOffice."""

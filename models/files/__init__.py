"""Files attached to records, and the store of contents that they and the mail archive share."""

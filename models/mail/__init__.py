"""The mail archive: messages as they came, who they are from, to whom they belong."""

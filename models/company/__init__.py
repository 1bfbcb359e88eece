"""Us: our legal entities, operators with their roles, settings, and number sequences."""

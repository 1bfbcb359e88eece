"""Marketing campaigns: what interactions and sales are counted for."""

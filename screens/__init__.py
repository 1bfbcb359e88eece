"""What the operator sees: one file per screen, its stylesheet beside it; ``kit`` has the widgets."""

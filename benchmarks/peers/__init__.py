"""Programs that are measured beside ours."""

"""Documents as PDF: typst templates that a company may copy and edit, and what fills them in."""

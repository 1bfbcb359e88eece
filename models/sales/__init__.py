"""Sales: contract headers, deals, documents and payments, the funnel, unmet demand."""

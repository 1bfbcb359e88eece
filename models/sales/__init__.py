"""Sales: contracts, deals, documents from the quote to the payment, the funnel, unmet demand."""

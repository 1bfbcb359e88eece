"""What we sell: vendors, products with their licence policies, prices with their dates."""

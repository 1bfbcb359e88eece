"""How a database comes into being and grows: numbered steps, run in order, never changed once released."""

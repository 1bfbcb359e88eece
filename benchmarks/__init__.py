"""What TurboFly costs in time, bytes and memory, beside peers that do the same: ``python -m benchmarks [NAME…]``."""

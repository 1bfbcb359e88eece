"""What was licensed to whom: item instances and licences."""

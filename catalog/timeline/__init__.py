"""Models over time, by a figure or by what they scored on a benchmark."""

"""Frozen types that every part speaks. They know nothing else."""

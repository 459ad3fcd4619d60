"""Dagster objects only, grouped by stage: each reads, calls one function of the package, and returns metadata."""

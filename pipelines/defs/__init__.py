"""Dagster objects only, grouped by stage: each reads, calls one function, and returns metadata."""

"""Gazette: raw news about governments and crypto in, a DuckDB warehouse of evidenced events out."""

"""Raw files in, documents and articles out. Pure: no orchestration, no database, no network."""

"""Where rows come from: CSV, JSONL, Parquet. Whatever is in a file, reading it ends in rows or in a plain word about
what is wrong with it."""

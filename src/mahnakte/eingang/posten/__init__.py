"""Open items of an accounting program, as lists and booking batches: bytes in, rows out."""

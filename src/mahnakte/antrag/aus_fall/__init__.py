"""From the case to the application: what fall.yaml, invoices and account give; the rest is asked for in one list."""

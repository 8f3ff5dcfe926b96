"""Cross rules over an application: what a court would send back for, each with code, source and remedy."""

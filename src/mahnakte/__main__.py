"""`python -m mahnakte` is the program `mahnakte`."""

from mahnakte.cli.haupt import main

if __name__ == "__main__":  # child processes import this module under another name
    main()

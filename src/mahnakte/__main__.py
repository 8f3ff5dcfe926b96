"""`python -P -m mahnakte` is the program `mahnakte`.

Without `-P` Python itself looks for modules in the current folder before any line of ours runs
(docs/vertrauensmodell.md).
"""

from mahnakte.cli.haupt import main

if __name__ == "__main__":  # child processes import this module under another name
    main()

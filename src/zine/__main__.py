"""`python -m zine`: the same as the command `zine`."""

from zine.cli import main

if __name__ == "__main__":  # worker processes import this file too
    main()

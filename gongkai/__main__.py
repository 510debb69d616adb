"""`python -m gongkai` is the same as `gongkai`."""

from gongkai.cli import main

# Processes that share in some work read this file again and are not to begin anew.
if __name__ == "__main__":
    main()

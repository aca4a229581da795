"""``python -m qtauthor``."""

from qtauthor.cli.app import main

if __name__ == "__main__":
    main()

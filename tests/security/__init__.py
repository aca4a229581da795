"""What comes with a clone, a fork, a shared folder or an archive may not write, run or mislead."""

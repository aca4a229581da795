"""What is to change, as one value, and its proof."""

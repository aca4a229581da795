"""What is wrong with an article, and how it is mended: one check per file."""

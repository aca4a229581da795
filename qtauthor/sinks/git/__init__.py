"""What git knows of a site's files. It is only asked; nothing is ever written there."""

"""What a user could pick instead: each is a function from a text and requests to a text."""

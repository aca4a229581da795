"""What `qtauthor check` is made of: its rules, its run, its baseline and its reports."""

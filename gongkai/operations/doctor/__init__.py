"""What is wrong with this installation, in words: one small file for each subject, each check one sentence."""

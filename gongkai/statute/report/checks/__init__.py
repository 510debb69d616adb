"""The checks: each one function with its number and its reference, run on our own and on anyone's report."""

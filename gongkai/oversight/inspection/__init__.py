"""The checks of the self-inspection, a file for each kind of thing looked at, and the run that asks them."""

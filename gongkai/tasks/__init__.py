"""Tasks given to a seat, and the tick that reminds of them."""

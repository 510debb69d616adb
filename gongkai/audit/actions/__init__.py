"""Acts on the trail itself: verify, export, retire."""

"""Acts on people and seats."""

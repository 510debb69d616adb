"""Acts on reconsiderations and lawsuits."""

"""The design system: tokens, components, base pages. Knows no room."""

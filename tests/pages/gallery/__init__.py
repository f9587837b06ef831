"""Every component on invented pages: for our own eyes, for the render tests and for axe."""

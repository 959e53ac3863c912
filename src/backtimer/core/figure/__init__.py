"""The figure: a body in three dimensions that shows how an exercise is done, and the pens that draw it."""

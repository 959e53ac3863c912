"""What is to be seen, as rows of styled cells: pure functions of a view, a width and a height."""

"""The screens: each gathers values from the coach and hands them to its widgets."""

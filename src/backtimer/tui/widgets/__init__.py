"""The widgets: each receives values and posts messages; none knows storage, the coach or a clock."""

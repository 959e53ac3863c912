"""Calendar, levels, pain and trends: what the past says."""

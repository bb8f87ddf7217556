"""What the page of a report shows, as frozen values with all words and numbers made."""

"""What an amendment changes, drawn: text, JSON, a page for the meeting, a comment for the pull request."""

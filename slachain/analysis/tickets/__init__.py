"""Ticket logs: from rows of text to how long each ticket took on its agreement's clock."""

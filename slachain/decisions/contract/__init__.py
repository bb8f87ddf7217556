"""An agreement as a contract: its effective terms in sentences, numbered, each with the place that it comes from."""

"""Questions people ask of a catalogue."""

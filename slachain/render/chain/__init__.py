"""The chain as a picture: who relies on whom, laid out by Graphviz and drawn by us."""

"""The report as its readers meet it: in a browser, on a phone, by keyboard, without scripts, on paper."""

"""How fast Onroll is, measured side by side with others on the same data in the same run. `make bench`."""

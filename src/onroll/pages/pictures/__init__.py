"""The signature pictures as plain values: pages fill them, templates draw them as SVG with no style inside."""

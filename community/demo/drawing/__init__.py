"""The demo's pictures, drawn here: an illustration of each product, and close-ups that pass for customers' photos."""

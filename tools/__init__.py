"""What builds and checks Onroll. Nothing in here is part of the product."""

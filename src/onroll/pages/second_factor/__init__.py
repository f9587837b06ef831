"""The second step of sign-in, which a role that sees pupils must have."""

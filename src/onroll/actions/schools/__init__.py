"""The schools of this house."""

"""What people do to the policy register, one function a change."""

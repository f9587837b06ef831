"""What the policy pages read: the texts, the register, and how the school is keeping each paragraph."""

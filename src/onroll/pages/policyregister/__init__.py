"""The policy register: versions and their steps, officer, briefings, guidance, links, and the health check."""

"""Cases of rules and pages of documentation."""

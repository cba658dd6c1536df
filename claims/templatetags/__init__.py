"""What templates of claims ask for."""

"""What Core and Cell say to each other, by subject. Declarations only."""

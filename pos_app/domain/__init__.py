"""What a sale is: pure rules, no input or output, no clock."""

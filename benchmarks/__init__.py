"""What is fast, and what is true: measured, never tested."""

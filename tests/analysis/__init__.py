"""What can be asked of any topic, asked of one whose answers are known exactly."""
